package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class RoundRobinContractTest extends AlgorithmContract {
    RoundRobinContractTest() {
        super(Algorithms::roundRobin);
    }
}
