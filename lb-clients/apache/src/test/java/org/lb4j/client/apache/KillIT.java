package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lb4j.client.testing.Fleet.PATIENCE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.client.Services;
import org.lb4j.testing.Nginx;
import org.lb4j.testing.RequiresProgram;

/** Three servers in processes of their own; one of them is killed while eight threads call. */
@Timeout(60)
final class KillIT {
    private static final int THREADS = 8;

    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** nginx closes each connection after five requests as well, and writes down what it has served. */
    @RequiresProgram("nginx")
    @ParameterizedTest
    @EnumSource
    void j1NoGetFailsAndNoPostReachesServersTwice(Caller.Form form, @TempDir Path folder) throws Exception {
        ServerPool pool;
        List<Server> members;
        try (Nginx one = Nginx.start(folder, 1);
                Nginx two = Nginx.start(folder, 2);
                Nginx three = Nginx.start(folder, 3)) {
            members = List.of(one.server(), two.server(), three.server());
            pool = ServerPool.builder()
                    .servers(members)
                    .onCall(server -> (start, head, now, outcome) -> count(server, outcome))
                    .build();
            Services services = Services.builder()
                    .service("users", pool.selector(Algorithms.roundRobin()))
                    .build();
            try (Caller caller = form.open(services)) {
                underLoad(caller, three);
            }
        }
        assertThat(pool.inFlight()).isZero();
        assertThat(lost.get()).isLessThanOrEqualTo(THREADS); // what was on a connection to the one that was killed
        List<String> posts = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            List<String> lines = log(folder, i);
            lines.stream()
                    .filter(line -> line.contains("\"POST "))
                    .map(KillIT::target)
                    .forEach(posts::add);
            if (i < 3)
                assertThat(lines).hasSize(answered.get(members.get(i - 1).id()).get());
        }
        assertThat(posts).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }

    private void underLoad(Caller caller, Nginx killed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> callers = Stream.generate(() -> threads.submit(() -> call(caller)))
                    .limit(THREADS)
                    .<Future<?>>map(each -> each)
                    .toList();
            await().atMost(PATIENCE).until(() -> calls.get() > 200);
            killed.kill();
            int seen = calls.get();
            await().atMost(PATIENCE).until(() -> calls.get() > seen + 200);
            over.complete(null);
            for (Future<?> each : callers) each.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private Void call(Caller caller) throws Exception {
        while (!over.isDone()) {
            int number = calls.incrementAndGet();
            assertThat(caller.call("GET", "http://users/" + number).body()).startsWith("nginx-");
            try {
                assertThat(caller.call("POST", "http://users/" + number).body()).startsWith("nginx-");
            } catch (IOException nobodyKnows) {
                lost.incrementAndGet();
            }
        }
        return null;
    }

    private void count(Server server, Outcome outcome) {
        AtomicInteger count = answered.computeIfAbsent(server.id(), id -> new AtomicInteger());
        if (outcome == Outcome.SUCCESS) count.incrementAndGet();
    }

    private static List<String> log(Path folder, int number) throws IOException {
        return Files.readAllLines(folder.resolve("nginx-" + number).resolve("access.log")).stream()
                .filter(line -> line.contains(" HTTP/"))
                .toList();
    }

    private static String target(String line) {
        return line.split(" ", -1)[6];
    }
}
