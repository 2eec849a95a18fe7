package org.lb4j.testing;

import org.lb4j.Algorithm;

/** The contract's suite for any algorithm, to be called test by test. */
final class SuiteOf extends AlgorithmContract {
    SuiteOf(Algorithm algorithm) {
        super(() -> algorithm);
    }
}
