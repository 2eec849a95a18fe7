package org.lb4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Member;
import org.lb4j.PoolEvent;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.ServerSource;
import org.lb4j.testing.Program;
import org.lb4j.testing.RequiresProgram;

/** Sources on their own threads, with real files and a real name server. */
final class SourcesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(20);

    @TempDir
    private Path folder;

    private final List<PoolEvent.Kind> events = new CopyOnWriteArrayList<>();

    @Test
    void aFixedListIsThereAtOnce() {
        try (ServerPool pool = pool(Sources.fixed(Server.of("10.0.0.1:80"), Server.of("10.0.0.2:80")))) {
            assertThat(pool.awaitReady(Duration.ZERO)).isTrue();
            assertThat(ids(pool)).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        }
    }

    @Test
    void theLastGoodListOutlivesFailuresAndEmptyAnswers() {
        AtomicReference<List<Server>> answer = new AtomicReference<>(List.of(Server.of("10.0.0.1:80")));
        Sources.Polled source = Sources.polling(() -> {
                    if (answer.get() == null) throw new IOException("down");
                    return answer.get();
                })
                .every(OFTEN);
        try (ServerPool pool = pool(source)) {
            assertThat(pool.awaitReady(PATIENCE)).isTrue();
            answer.set(null);
            await().atMost(PATIENCE).until(() -> events.contains(PoolEvent.Kind.SOURCE_FAILED));
            answer.set(List.of());
            await().atMost(PATIENCE).until(() -> events.contains(PoolEvent.Kind.EMPTY_REFUSED));
            assertThat(ids(pool)).containsExactly("10.0.0.1:80");
            answer.set(List.of(Server.of("10.0.0.2:80")));
            await().atMost(PATIENCE).until(() -> ids(pool).equals(List.of("10.0.0.2:80")));
        }
    }

    @Test
    void refreshAsksNowAndCloseEndsTheThread() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        Sources.Polled source = Sources.polling(() -> List.of(Server.of("10.0.0." + asked.incrementAndGet() + ":80")))
                .every(Duration.ofDays(1));
        ServerPool pool = pool(source);
        assertThat(pool.awaitReady(PATIENCE)).isTrue();
        source.refresh();
        await().atMost(PATIENCE).until(() -> ids(pool).equals(List.of("10.0.0.2:80")));
        Thread thread = thread("lb4j polling");
        assertThat(thread.isDaemon()).isTrue();
        pool.close();
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
        source.refresh(); // nobody listens: no harm
    }

    @Test
    void aLookupThatHangsDelaysNobodyAndIsInterruptedByClose() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        ServerPool pool = pool(Sources.polling(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
                return List.of();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }));
        begun.await();
        assertThat(pool.awaitReady(Duration.ofMillis(10))).isFalse();
        pool.close();
        interrupted.await();
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void aFileIsFollowedThroughEditsErrorsAndTheSwapOfItsLink() throws IOException {
        Path first = Files.createDirectory(folder.resolve("v1"));
        Path second = Files.createDirectory(folder.resolve("v2"));
        Files.writeString(first.resolve("servers"), "10.0.0.1:80\n");
        Files.writeString(second.resolve("servers"), "10.0.0.1:80\n10.0.0.9:80 weight=2\n");
        Path link = Files.createSymbolicLink(folder.resolve("data"), first);
        try (ServerPool pool = pool(Sources.file(link.resolve("servers")).every(OFTEN))) {
            assertThat(pool.awaitReady(PATIENCE)).isTrue();
            Member kept = pool.member("10.0.0.1:80");
            Files.writeString(first.resolve("servers"), "10.0.0.1:80\n10.0.0.2:80\n");
            await().atMost(PATIENCE).until(() -> ids(pool).size() == 2);
            Files.writeString(first.resolve("servers"), "10.0.0.1:80\nnonsense\n");
            await().atMost(PATIENCE).until(() -> events.contains(PoolEvent.Kind.SOURCE_FAILED));
            assertThat(ids(pool)).containsExactly("10.0.0.1:80", "10.0.0.2:80");

            Path next = Files.createSymbolicLink(folder.resolve("next"), second); // as kubelet does
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
            await().atMost(PATIENCE).until(() -> ids(pool).equals(List.of("10.0.0.1:80", "10.0.0.9:80")));
            assertThat(pool.member("10.0.0.1:80")).isSameAs(kept);
        }
    }

    @Test
    void dnsBringsTheAddressesOfLocalhost() {
        try (ServerPool pool = pool(Sources.dns("http://localhost:8080"))) {
            assertThat(pool.awaitReady(PATIENCE)).isTrue();
            assertThat(ids(pool)).contains("127.0.0.1:8080");
        }
    }

    @RequiresProgram(value = "dnsmasq", in = "dnsmasq-base")
    @Test
    void srvRecordsOfARealNameServerAreFollowed() throws IOException {
        int port = Program.freePort();
        String[] command = {
            "dnsmasq",
            "--no-daemon",
            "--no-resolv",
            "--no-hosts",
            "--conf-file=/dev/null",
            "--bind-interfaces",
            "--user=" + System.getProperty("user.name"),
            "--listen-address=127.0.0.1",
            "--port=" + port,
            "--srv-host=_http._tcp.users.test,a.users.test,8080,10,60",
            "--srv-host=_http._tcp.users.test,b.users.test,8081,20,5"
        };
        Sources.Polled source =
                Sources.srv("_http._tcp.users.test", "127.0.0.1:" + port).every(OFTEN);
        ServerPool pool;
        try (Program dnsmasq = Program.start(folder, command)) {
            dnsmasq.awaitPort(port);
            pool = pool(source);
            assertThat(pool.awaitReady(PATIENCE)).isTrue();
        }
        try (pool) {
            assertThat(pool.members())
                    .extracting(Member::server)
                    .containsExactly(
                            Server.builder("a.users.test:8080")
                                    .priority(10)
                                    .weight(60)
                                    .build(),
                            Server.builder("b.users.test:8081")
                                    .priority(20)
                                    .weight(5)
                                    .build());
            await().atMost(PATIENCE).until(() -> events.contains(PoolEvent.Kind.SOURCE_FAILED));
            assertThat(ids(pool)).hasSize(2); // the name server is gone, the list is not
        }
    }

    private static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(ServerPool pool) {
        return pool.members().stream().map(each -> each.server().id()).toList();
    }

    private ServerPool pool(ServerSource source) {
        return ServerPool.builder()
                .onChange(event -> events.add(event.kind()))
                .source(source)
                .build();
    }
}
