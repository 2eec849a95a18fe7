package org.lb4j.sim;

import java.util.List;
import java.util.function.Function;

/**
 * A published experiment, and what was published.
 *
 * @param title for people, with the source
 * @param scenario the set-up
 * @param figures what is measured
 * @param measure reads them off a result
 * @param lines who took part, with the published figures
 */
record Experiment(
        String title,
        Scenario scenario,
        List<String> figures,
        Function<Result, List<String>> measure,
        List<Line> lines) {

    /**
     * One who took part.
     *
     * @param entrant our form of it
     * @param published its figures; "-" where none was
     */
    record Line(Entrant entrant, List<String> published) {
        static Line of(Entrant entrant, String... published) {
            return new Line(entrant, List.of(published));
        }
    }
}
