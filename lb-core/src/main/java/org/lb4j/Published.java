package org.lb4j;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One immutable value at a time, replaced whole by CAS; what a reader sees is never half of one and half of another. */
final class Published<T> {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Published.class, "value", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile T value;

    Published(T first) {
        value = first;
    }

    T get() {
        return value;
    }

    boolean replace(T before, T after) {
        return VALUE.compareAndSet(this, before, after);
    }
}
