package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class PeakEwmaContractTest extends AlgorithmContract {
    PeakEwmaContractTest() {
        super(Algorithms::peakEwma);
    }

    @Override
    protected boolean ignoresLatency() {
        return false;
    }
}
