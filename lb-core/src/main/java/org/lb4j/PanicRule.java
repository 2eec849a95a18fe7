package org.lb4j;

/**
 * When panic begins and how much a tier can carry.
 *
 * @param threshold the eligible share of weight below which servers that are held softly are used again; 0: never
 * @param overprovision how much more than its share a tier can carry
 */
record PanicRule(double threshold, double overprovision) {
    PanicRule {
        if (!(threshold >= 0 && threshold <= 1))
            throw new IllegalArgumentException("panicThreshold must be in [0, 1], was " + threshold);
        if (!(overprovision >= 1 && overprovision <= 100))
            throw new IllegalArgumentException("overprovision must be in [1, 100], was " + overprovision);
    }
}
