package org.lb4j.examples.demo;

import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** A selector whose algorithm can be changed under load: many selectors over one pool share health and counts. */
final class SwitchedSelector implements Selector {
    private record Chosen(Choice choice, Selector selector) {}

    private final ServerPool pool;
    private volatile Chosen chosen;

    SwitchedSelector(ServerPool pool, Choice choice) {
        this.pool = pool;
        this.chosen = new Chosen(choice, pool.selector(choice.algorithm()));
    }

    Choice choice() {
        return chosen.choice();
    }

    void use(Choice choice) {
        chosen = new Chosen(choice, pool.selector(choice.algorithm()));
    }

    @Override
    public Server next(SelectionContext context) {
        return chosen.selector().next(context);
    }

    @Override
    public Lease acquire(SelectionContext context) {
        return chosen.selector().acquire(context);
    }
}
