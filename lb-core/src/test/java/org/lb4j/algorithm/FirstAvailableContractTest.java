package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class FirstAvailableContractTest extends AlgorithmContract {
    FirstAvailableContractTest() {
        super(Algorithms::firstAvailable);
    }

    /** The first one that has any weight takes all. */
    @Override
    protected double[] shares(double[] weights) {
        double[] shares = new double[weights.length];
        int first = 0;
        while (weights[first] == 0) first++;
        shares[first] = 1;
        return shares;
    }
}
