package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class LeastResponseTimeContractTest extends AlgorithmContract {
    LeastResponseTimeContractTest() {
        super(Algorithms::leastResponseTime);
    }

    @Override
    protected boolean ignoresLatency() {
        return false;
    }
}
