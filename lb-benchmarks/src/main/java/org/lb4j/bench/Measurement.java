package org.lb4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lb4j.contender.Contender;
import org.lb4j.report.Progress;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks that a comparison needs, and collects their figures. */
final class Measurement {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final boolean quick;
    private final Map<Spot, Figure> figures = new LinkedHashMap<>();

    Measurement(boolean quick) {
        this.quick = quick;
    }

    /** Each spot once, however many rows need it. */
    Map<Spot, Figure> run(List<Goal> goals, List<PeerSpot> peers) throws RunnerException {
        Set<Spot> ours = new LinkedHashSet<>();
        Set<Integer> threads = new LinkedHashSet<>();
        for (Goal goal : goals) {
            ours.add(goal.spot());
            threads.add(goal.threads());
        }
        Progress progress = new Progress(threads.size() + ours.size() + peers.size());
        for (int each : threads) {
            floors(each);
            progress.done("floors, " + each + " threads");
        }
        for (Spot spot : ours) {
            ours(spot);
            progress.done(spot.toString());
        }
        for (PeerSpot spot : peers) {
            collect(options("PeerBenchmark." + spot.what(), spot.threads())
                    .param("peer", spot.peer())
                    .param("size", String.valueOf(spot.size())));
            progress.done(spot.toString());
        }
        return figures;
    }

    private void floors(int threads) throws RunnerException {
        collect(options("FloorBenchmark", threads));
    }

    private void ours(Spot spot) throws RunnerException {
        Contender contender = Contender.of(spot.who());
        collect(options("PickBenchmark." + spot.what() + "$", spot.threads())
                .param("contender", contender.name())
                .param("size", String.valueOf(spot.size()))
                .param("weights", spot.weights()));
    }

    private ChainedOptionsBuilder options(String pattern, int threads) {
        return new OptionsBuilder()
                .include("org.lb4j.bench.*" + pattern)
                .threads(threads)
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 4 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
                .measurementIterations(quick ? 4 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000))
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-Dslf4j.internal.verbosity=ERROR");
    }

    private void collect(ChainedOptionsBuilder options) throws RunnerException {
        List<RunResult> results = new ArrayList<>(new Runner(options.build()).run());
        for (RunResult result : results) {
            Result<?> time = result.getPrimaryResult();
            Result<?> bytes = result.getSecondaryResults().get(ALLOCATION);
            figures.put(
                    spot(result),
                    new Figure(time.getScore(), time.getScoreError(), bytes == null ? Double.NaN : bytes.getScore()));
        }
    }

    private static Spot spot(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String what = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        int threads = result.getParams().getThreads();
        int size = Integer.parseInt(result.getParams().getParam("size"));
        String peer = result.getParams().getParam("peer");
        if (peer != null) return new Spot(peer, what, size, "", threads);
        String contender = result.getParams().getParam("contender");
        if (contender == null) return new Spot(what, what, size, "", threads);
        return new Spot(
                Contender.valueOf(contender).id(),
                what,
                size,
                result.getParams().getParam("weights"),
                threads);
    }
}
