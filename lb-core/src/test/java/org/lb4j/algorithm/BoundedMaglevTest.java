package org.lb4j.algorithm;

/** At rest it owes what the hash algorithm owes, and makes its choices. */
final class BoundedMaglevTest extends AffinityContract {
    BoundedMaglevTest() {
        super(Algorithms.boundedLoad(1.25, Algorithms.maglev()), MaglevTest.CHECKSUM, 0.01);
    }
}
