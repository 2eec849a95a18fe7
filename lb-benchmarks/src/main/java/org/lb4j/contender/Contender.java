package org.lb4j.contender;

import java.util.Arrays;
import java.util.function.Supplier;
import org.lb4j.Algorithm;
import org.lb4j.algorithm.Algorithms;

/** Our algorithms, one line each, as both tools know them. */
public enum Contender {
    ROUND_ROBIN("round-robin", Kind.BLIND, Algorithms::roundRobin),
    RANDOM("random", Kind.BLIND, Algorithms::random),
    LEAST_CONNECTIONS("least-connections", Kind.AWARE, Algorithms::leastConnections),
    LEAST_RESPONSE_TIME("least-response-time", Kind.AWARE, Algorithms::leastResponseTime),
    POWER_OF_TWO("power-of-two", Kind.AWARE, Algorithms::powerOfTwo),
    PEAK_EWMA("peak-ewma", Kind.AWARE, Algorithms::peakEwma),
    ADAPTIVE("adaptive", Kind.AWARE, Algorithms::adaptive),
    RING_HASH("ring-hash", Kind.KEYED, Algorithms::ringHash),
    KETAMA("ketama", Kind.KEYED, Algorithms::ketama),
    MAGLEV("maglev", Kind.KEYED, Algorithms::maglev),
    RENDEZVOUS("rendezvous", Kind.KEYED, Algorithms::rendezvous),
    JUMP("jump", Kind.KEYED, Algorithms::jump),
    MODULO_HASH("modulo-hash", Kind.KEYED, Algorithms::moduloHash),
    BOUNDED_LOAD("bounded-load", Kind.KEYED, () -> Algorithms.boundedLoad(1.25, Algorithms.maglev())),
    FIRST_AVAILABLE("first-available", Kind.FIXED, Algorithms::firstAvailable);

    /** What it goes by. */
    public enum Kind {
        /** Neither load nor key. */
        BLIND,
        /** Load. */
        AWARE,
        /** A key: as many calls a server as its keys make. */
        KEYED,
        /** The list alone: it does not spread load. */
        FIXED
    }

    private final String id;
    private final Kind kind;
    private final Supplier<Algorithm> algorithm;

    Contender(String id, Kind kind, Supplier<Algorithm> algorithm) {
        this.id = id;
        this.kind = kind;
        this.algorithm = algorithm;
    }

    /**
     * Its name on the command line and in reports.
     *
     * @return such as {@code round-robin}
     */
    public String id() {
        return id;
    }

    /**
     * What it goes by.
     *
     * @return its kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether it is there to spread load, so that the simulator has something to say of it.
     *
     * @return true for those that go by nothing or by load
     */
    public boolean spreadsLoad() {
        return kind == Kind.BLIND || kind == Kind.AWARE;
    }

    /**
     * The production algorithm.
     *
     * @return a new one
     */
    public Algorithm algorithm() {
        return algorithm.get();
    }

    /**
     * By name.
     *
     * @param id such as {@code round-robin}
     * @return the one of that name
     * @throws IllegalArgumentException if there is none
     */
    public static Contender of(String id) {
        for (Contender contender : values()) if (contender.id.equals(id)) return contender;
        throw new IllegalArgumentException("no contender " + id);
    }

    /**
     * Those that the simulator judges.
     *
     * @return in the order of this list
     */
    public static Contender[] spreading() {
        return Arrays.stream(values()).filter(Contender::spreadsLoad).toArray(Contender[]::new);
    }
}
