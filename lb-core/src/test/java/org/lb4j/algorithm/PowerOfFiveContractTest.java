package org.lb4j.algorithm;

import org.lb4j.load.Loads;
import org.lb4j.testing.AlgorithmContract;

final class PowerOfFiveContractTest extends AlgorithmContract {
    PowerOfFiveContractTest() {
        super(() -> Algorithms.powerOf(5, Loads.inFlight()));
    }
}
