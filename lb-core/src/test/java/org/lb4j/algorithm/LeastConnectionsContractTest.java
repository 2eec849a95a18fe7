package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class LeastConnectionsContractTest extends AlgorithmContract {
    LeastConnectionsContractTest() {
        super(Algorithms::leastConnections);
    }
}
