package org.lb4j.algorithm;

import org.lb4j.load.Loads;
import org.lb4j.testing.AlgorithmContract;

final class LeastReportedContractTest extends AlgorithmContract {
    LeastReportedContractTest() {
        super(() -> Algorithms.leastLoaded(Loads.reported()));
    }
}
