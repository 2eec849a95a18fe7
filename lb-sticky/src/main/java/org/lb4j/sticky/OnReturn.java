package org.lb4j.sticky;

/**
 * What happens to sessions that moved when their first server comes back.
 *
 * <pre>{@code
 * StickySessions sessions = StickySessions.builder(pool).onReturn(OnReturn.GO_HOME).build();
 * }</pre>
 */
public enum OnReturn {
    /** They stay where they are. */
    STAY,
    /** They go back. Meanwhile all calls of a session meet one stand-in. */
    GO_HOME
}
