package org.lb4j.algorithm;

import org.lb4j.testing.AlgorithmContract;

/** Without a key it draws by weight, like any other. */
final class KeylessContractTest extends AlgorithmContract {
    KeylessContractTest() {
        super(Algorithms::ketama);
    }
}
