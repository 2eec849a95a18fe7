package org.lb4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Outcome;
import org.lb4j.ServerPool;
import org.lb4j.failover.FailedAttempts;
import org.lb4j.testing.RequiresProgram;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A real primary with two real replicas, of which some are killed. */
@RequiresProgram("redis-server")
final class RedisReadsIT {
    @TempDir
    private Path folder;

    private Redis primary;
    private Redis one;
    private Redis two;
    private ServerPool replicas;
    private RedisReads reads;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void start() throws IOException {
        primary = Redis.primary(folder);
        one = Redis.replicaOf(primary, folder);
        two = Redis.replicaOf(primary, folder);
        write("name", "Ada");
        replicas = ServerPool.of(List.of(one.server(), two.server()));
        replicas.onCall(server -> (start, answeredAt, now, outcome) -> {
            if (outcome == Outcome.SUCCESS) answered.add(server.id());
        });
        reads = new RedisReads(replicas);
    }

    @AfterEach
    void stop() {
        assertThat(replicas.inFlight()).isZero();
        reads.close();
        replicas.close();
        for (Redis each : List.of(one, two, primary)) each.close();
    }

    /** Until both replicas have it. */
    private void write(String key, String value) {
        try (RedisClient client =
                RedisClient.create("127.0.0.1", primary.server().port())) {
            client.set(key, value);
        }
        for (Redis each : List.of(one, two)) {
            try (RedisClient client =
                    RedisClient.create("127.0.0.1", each.server().port())) {
                await().atMost(Duration.ofSeconds(30)).until(() -> value.equals(client.get(key)));
            }
        }
    }

    private Set<String> namesRead(int times) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < times; i++) names.add(reads.read(redis -> redis.get("name")));
        return names;
    }

    @Test
    void bothReplicasAreRead() {
        await().untilAsserted(() -> {
            assertThat(namesRead(20)).containsExactly("Ada");
            assertThat(answered)
                    .containsExactlyInAnyOrder(one.server().id(), two.server().id());
        });
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(reads.<String>read(redis -> redis.get("nobody"))).isNull();
    }

    @Test
    void aReplicaThatIsKilledLosesNoRead() {
        namesRead(100); // so that connections to it are open
        one.kill();
        answered.clear();
        assertThat(namesRead(100)).containsExactly("Ada");
        assertThat(answered).containsExactly(two.server().id());
    }

    @Test
    void replicasOutliveThePrimary() {
        primary.kill();
        assertThat(namesRead(20)).containsExactly("Ada");
    }

    @Test
    void whenAllAreKilledTheLastOneSaysSo() {
        one.kill();
        two.kill();
        assertThatThrownBy(() -> namesRead(1))
                .isInstanceOf(JedisConnectionException.class)
                .satisfies(thrown -> assertThat(FailedAttempts.in(thrown)).hasMessageStartingWith("2 attempts"));
    }

    @Test
    void aWriteIsRefusedByTheReplicaAndNotRepeated() {
        assertThatThrownBy(() -> reads.read(redis -> redis.set("name", "Eve")))
                .isInstanceOf(JedisDataException.class)
                .hasMessageStartingWith("READONLY")
                .satisfies(thrown -> assertThat(FailedAttempts.in(thrown)).hasMessageStartingWith("1 attempt,"));
    }
}
