package org.lb4j;

/**
 * A function from weights to weights, run when something changes: what prefers a zone, takes a subset, ramps up. Must be
 * pure (it may run twice at once) and sees all members, held ones included, which have weight 0. If nothing applies it
 * returns the roster it was given.
 *
 * <pre>{@code
 * Shaper halfForCanaries = roster -> {
 *     double[] weights = new double[roster.size()];
 *     for (int i = 0; i < weights.length; i++) {
 *         boolean canary = roster.member(i).server().tags().containsKey("canary");
 *         weights[i] = canary ? roster.weight(i) / 2 : roster.weight(i);
 *     }
 *     return roster.withWeights(weights);
 * };
 * }</pre>
 */
@FunctionalInterface
public interface Shaper {
    /**
     * Shapes.
     *
     * @param roster members and their weights so far
     * @return the same roster, or {@link Roster#withWeights} of it, perhaps with {@link Roster#until}
     */
    Roster shape(Roster roster);
}
