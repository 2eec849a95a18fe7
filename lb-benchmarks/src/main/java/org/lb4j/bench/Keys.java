package org.lb4j.bench;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Keys of 16 characters, in turn. */
@State(Scope.Thread)
public class Keys {
    private static final int COUNT = 1024;

    private final String[] keys = new String[COUNT];
    private int next;

    /** Makes them. */
    public Keys() {
        for (int i = 0; i < COUNT; i++) keys[i] = String.format("session-%08x", i * 2654435769L & 0xffffffffL);
    }

    /**
     * One of them.
     *
     * @return the next
     */
    public String next() {
        return keys[next++ & (COUNT - 1)];
    }
}
