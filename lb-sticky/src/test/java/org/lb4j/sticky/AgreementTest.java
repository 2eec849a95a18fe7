package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.Server;

/**
 * What all processes must agree on is written down in {@code agreement.txt}: tokens, and the homes of session keys. Each JVM
 * that runs this test is one more process. The file changes when the format of tokens or the order of homes does, which
 * loses the sessions of all users; {@link #main} prints it.
 */
final class AgreementTest {
    private static final int SERVERS = 12;
    private static final int KEYS = 400;

    @Test
    void s15AProcessOfOtherStartOrderAndAddressesAgreesOnEveryTokenAndEveryHome() throws IOException {
        List<String> written = written();
        assertThat(written).hasSize(SERVERS + 4 * KEYS);
        for (int process = 0; process < 5; process++) assertThat(lines(process)).isEqualTo(written);
    }

    @Test
    void s15AProcessReadsTheTokensOfOthers() throws IOException {
        World world = world(3);
        StickyCookie cookies = cookies(world);
        for (String line : written()) {
            String[] words = line.split(" ", -1);
            if (!words[0].equals("token")) continue;
            World.Answer answer = world.serve(cookies.read("lb=" + words[2]));
            assertThat(answer).isEqualTo(new World.Answer(words[1], new Settled(StickyOutcome.HIT, null)));
        }
    }

    private static List<String> written() throws IOException {
        try (InputStream file = AgreementTest.class.getResourceAsStream("agreement.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** Twelve servers, some of which weigh more, as another process sees them. */
    private static World world(int process) {
        World world = new World();
        world.ticker.advance(Duration.ofHours(process));
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++)
            servers.add(Server.builder("10.0." + process + "." + i + ":80")
                    .id("server-" + i)
                    .weight(1 + i % 3)
                    .build());
        Collections.shuffle(servers, new Random(process));
        if (process > 0) world.pool.update(servers.subList(0, process)); // others joined in several steps
        world.pool.update(servers);
        return world;
    }

    private static StickyCookie cookies(World world) {
        return world.cookie().scope("agreement").build();
    }

    private static List<String> lines(int process) {
        World world = world(process);
        List<String> lines = new ArrayList<>();
        StickyCookie cookies = cookies(world);
        for (int i = 0; i < SERVERS; i++) {
            Settled settled =
                    cookies.read("").settle(world.pool.member("server-" + i).server());
            lines.add("token server-" + i + " " + settled.setCookie().split("[=;]", -1)[1]);
        }
        homes(lines, "weighted", world, world.sessions().build());
        homes(lines, "secret", world, world.sessions().secret(World.key('s')).build());
        world.pool.change(edits -> List.of(0, 4, 8).forEach(i -> edits.hold("server-" + i, Hold.CHECK)));
        homes(
                lines,
                "outage",
                world,
                world.sessions().onReturn(OnReturn.GO_HOME).build());
        world.pool.change(edits -> List.of(0, 4, 8).forEach(i -> edits.release("server-" + i, Hold.CHECK)));
        world.pool.update(world.pool.members().stream()
                .map(member -> member.server().withWeight(1))
                .toList());
        homes(lines, "equal", world, world.sessions().build());
        return lines;
    }

    private static void homes(List<String> lines, String what, World world, StickySessions sessions) {
        for (int i = 0; i < KEYS; i++) {
            String key = "user-" + i + (i % 7 == 0 ? "-\u00fc\u20ac" : "");
            String server = world.serve(sessions.visit(key)).server();
            lines.add(what + " user-" + i + " " + server);
        }
    }

    /** Prints the file. */
    public static void main(String[] args) {
        lines(0).forEach(System.out::println);
    }
}
