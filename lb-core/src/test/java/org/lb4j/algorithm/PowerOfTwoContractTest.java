package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

final class PowerOfTwoContractTest extends AlgorithmContract {
    PowerOfTwoContractTest() {
        super(Algorithms::powerOfTwo);
    }
}
