package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class RandomContractTest extends AlgorithmContract {
    RandomContractTest() {
        super(Algorithms::random);
    }
}
