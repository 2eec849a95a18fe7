package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class AdaptiveContractTest extends AlgorithmContract {
    AdaptiveContractTest() {
        super(Algorithms::adaptive);
    }

    @Override
    protected boolean ignoresLatency() {
        return false;
    }
}
