package org.lb4j.bench;

import org.lb4j.SelectionContext;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A context for each of the {@link Keys}, in turn: the keys are hashed already. */
@State(Scope.Thread)
public class Contexts {
    private final SelectionContext[] contexts =
            Keys.all().stream().map(SelectionContext::key).toArray(SelectionContext[]::new);
    private int next;

    /**
     * One of them.
     *
     * @return the next
     */
    public SelectionContext next() {
        return contexts[next++ & (contexts.length - 1)];
    }
}
