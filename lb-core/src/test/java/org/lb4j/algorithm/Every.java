package org.lb4j.algorithm;

import java.util.stream.Stream;
import org.lb4j.Algorithm;
import org.lb4j.load.Loads;

/** The algorithms that a rule for all of them is tried on. */
final class Every {
    private Every() {}

    static Stream<Algorithm> algorithm() {
        return Stream.concat(Stream.of(Algorithms.firstAvailable()), spreading());
    }

    /** Those that send calls everywhere. */
    static Stream<Algorithm> spreading() {
        return Stream.concat(Stream.of(Algorithms.roundRobin(), Algorithms.random()), loadAware());
    }

    static Stream<Algorithm> loadAware() {
        return Stream.of(
                Algorithms.leastConnections(),
                Algorithms.leastResponseTime(),
                Algorithms.powerOfTwo(),
                Algorithms.powerOf(3, Loads.inFlight()),
                Algorithms.powerOf(5, Loads.peakEwma()),
                Algorithms.leastLoaded(Loads.reported()),
                Algorithms.peakEwma(),
                Algorithms.adaptive());
    }
}
