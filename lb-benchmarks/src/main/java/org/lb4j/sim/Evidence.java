package org.lb4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lb4j.report.Progress;

/**
 * The check of the simulator and the published experiments, done again.
 *
 * @param checks what theory says, and what came out
 * @param reproductions what was published, and what came out
 */
record Evidence(List<Check> checks, List<Reproduction> reproductions) {
    /**
     * One figure of theory.
     *
     * @param of which
     * @param measured ours
     */
    record Check(Supermarket.Case of, double measured) {
        double deviation() {
            return measured / of.theory() - 1;
        }
    }

    /**
     * One experiment.
     *
     * @param of which
     * @param measured figures by line
     */
    record Reproduction(Experiment of, List<List<String>> measured) {}

    static Evidence gather(Tournament tournament, long seed) {
        List<Supermarket.Case> cases = Supermarket.cases();
        List<Experiment> experiments = Experiments.all();
        Progress progress = new Progress(cases.size()
                + experiments.stream().mapToInt(each -> each.lines().size()).sum());
        List<Callable<Double>> checks = new ArrayList<>();
        for (Supermarket.Case each : cases)
            checks.add(() -> {
                double measured = each.measure(Tournament.seeds(seed));
                progress.done("supermarket, " + each.rule());
                return measured;
            });
        List<Callable<List<String>>> lines = new ArrayList<>();
        for (Experiment experiment : experiments)
            for (Experiment.Line line : experiment.lines())
                lines.add(() -> {
                    Result result = Simulation.run(experiment.scenario(), line.entrant(), seed);
                    progress.done(
                            experiment.scenario().name() + ", " + line.entrant().id());
                    return experiment.measure().apply(result);
                });
        return of(cases, tournament.all(checks), experiments, tournament.all(lines));
    }

    private static Evidence of(
            List<Supermarket.Case> cases,
            List<Double> measured,
            List<Experiment> experiments,
            List<List<String>> lines) {
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) checks.add(new Check(cases.get(i), measured.get(i)));
        List<Reproduction> reproductions = new ArrayList<>();
        int at = 0;
        for (Experiment experiment : experiments) {
            int end = at + experiment.lines().size();
            reproductions.add(new Reproduction(experiment, lines.subList(at, end)));
            at = end;
        }
        return new Evidence(checks, reproductions);
    }
}
