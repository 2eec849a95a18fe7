package org.lb4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.lb4j.report.Progress;

/** Everybody in every scenario with every seed. Runs know nothing of each other, so as many go on at once as there are cores. */
final class Tournament implements AutoCloseable {
    private static final int SEEDS = 3;

    private final ExecutorService workers =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    static List<Long> seeds(long first) {
        return LongStream.range(first, first + SEEDS).boxed().toList();
    }

    /** The first entrant must be the omniscient line. */
    Standings run(List<Scenario> scenarios, List<Entrant> entrants, List<Long> seeds) {
        List<Callable<Result>> runs = new ArrayList<>();
        Progress progress = new Progress(scenarios.size() * entrants.size() * seeds.size());
        for (Scenario scenario : scenarios)
            for (Entrant entrant : entrants)
                for (long seed : seeds)
                    runs.add(() -> {
                        Result result = Simulation.run(scenario, entrant, seed);
                        progress.done(scenario.name() + ", " + entrant.id());
                        return result;
                    });
        return standings(scenarios, entrants, seeds, all(runs));
    }

    private static Standings standings(
            List<Scenario> scenarios, List<Entrant> entrants, List<Long> seeds, List<Result> results) {
        List<List<Cell>> cells = new ArrayList<>();
        int at = 0;
        for (int s = 0; s < scenarios.size(); s++) {
            List<Cell> row = new ArrayList<>();
            List<Result> limit = results.subList(at, at + seeds.size());
            for (int e = 0; e < entrants.size(); e++, at += seeds.size())
                row.add(Cell.of(results.subList(at, at + seeds.size()), limit));
            cells.add(row);
        }
        return new Standings(seeds, scenarios, entrants, cells);
    }

    /** In the order given, whichever ends first. */
    <T> List<T> all(List<Callable<T>> runs) {
        List<Future<T>> futures = runs.stream().map(workers::submit).toList();
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : futures) results.add(future.get());
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a simulation failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
        return results;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
