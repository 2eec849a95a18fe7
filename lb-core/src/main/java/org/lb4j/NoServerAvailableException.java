package org.lb4j;

/**
 * No server could be picked. Says how many are known and why none is eligible; has no stack trace, since it is thrown in
 * bulk when things are worst.
 *
 * <pre>
 * no server: 12 known, 0 eligible (7 ejected, 5 failing checks)
 * </pre>
 */
public final class NoServerAvailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoServerAvailableException(String message) {
        super(message, null, true, false);
    }
}
