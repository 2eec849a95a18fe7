package org.lb4j.testing;

/** The suite passes what keeps the rules. */
final class PlainDrawContractTest extends AlgorithmContract {
    PlainDrawContractTest() {
        super(PlainDraw::new);
    }
}
