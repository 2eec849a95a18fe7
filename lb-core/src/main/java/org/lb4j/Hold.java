package org.lb4j;

/**
 * A reason for which a server gets no new traffic. Each reason is a bit of its own with an owner of its own: a server is
 * back in traffic when all of them are released, and no reason ever clears another.
 *
 * <pre>{@code
 * pool.hold("10.0.0.7:8080", Hold.DRAIN);      // sessions may finish
 * pool.release("10.0.0.7:8080", Hold.DRAIN);
 * }</pre>
 */
public enum Hold {
    /** A person took it out: no traffic at all, not even in panic, not even for sticky sessions. */
    ADMIN("taken out"),
    /** It is being drained: no new traffic, not even in panic, but sticky sessions may finish. */
    DRAIN("draining"),
    /** It fails its health checks. May be used in panic. */
    CHECK("failing checks"),
    /** Its calls fail: ejected by outlier detection. May be used in panic, and on trial. */
    OUTLIER("ejected");

    /** The holds that panic may overrule. */
    static final int SOFT = CHECK.bit() | OUTLIER.bit();

    private final String words;

    Hold(String words) {
        this.words = words;
    }

    /**
     * Whether this reason is among the given holds.
     *
     * @param holds the bits of {@link Member#holds()} or {@link Roster#holds(int)}
     * @return true if this reason's bit is set
     */
    public boolean in(int holds) {
        return (holds & bit()) != 0;
    }

    /** The bit of this reason. */
    int bit() {
        return 1 << ordinal();
    }

    /** What a held server is, in words for people: "7 ejected". */
    String words() {
        return words;
    }
}
