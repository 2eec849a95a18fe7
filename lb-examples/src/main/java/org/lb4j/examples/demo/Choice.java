package org.lb4j.examples.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.lb4j.Algorithm;
import org.lb4j.algorithm.Algorithms;

/** The algorithms to choose from. */
enum Choice {
    ADAPTIVE(Algorithms::adaptive),
    ROUND_ROBIN(Algorithms::roundRobin),
    RANDOM(Algorithms::random),
    LEAST_CONNECTIONS(Algorithms::leastConnections),
    LEAST_RESPONSE_TIME(Algorithms::leastResponseTime),
    POWER_OF_TWO(Algorithms::powerOfTwo),
    PEAK_EWMA(Algorithms::peakEwma),
    MAGLEV(Algorithms::maglev),
    RENDEZVOUS(Algorithms::rendezvous),
    FIRST_AVAILABLE(Algorithms::firstAvailable);

    private final Supplier<Algorithm> algorithm;

    Choice(Supplier<Algorithm> algorithm) {
        this.algorithm = algorithm;
    }

    Algorithm algorithm() {
        return algorithm.get();
    }

    Choice next() {
        return values()[(ordinal() + 1) % values().length];
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Choice::toString).toList();
    }

    static Choice of(String name) {
        for (Choice choice : values()) if (choice.toString().equals(name)) return choice;
        throw new IllegalArgumentException("no algorithm " + name + "; there are: " + String.join(" ", names()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
