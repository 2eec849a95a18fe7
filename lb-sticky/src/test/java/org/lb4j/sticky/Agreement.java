package org.lb4j.sticky;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.lb4j.Hold;
import org.lb4j.Server;

/**
 * What one process says of tokens and of the homes of session keys. A program of its own, {@link #main}, that needs nothing
 * of the tests' libraries.
 */
final class Agreement {
    static final int SERVERS = 12;
    static final int KEYS = 400;

    private Agreement() {}

    /** Twelve servers, some of which weigh more, as another process sees them. */
    static World world(int process) {
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

    static StickyCookie cookies(World world) {
        return world.cookie().scope("agreement").build();
    }

    static List<String> lines(int process) {
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

    /** Prints the file, as the process of this number sees it. */
    public static void main(String[] args) {
        lines(Integer.parseInt(args[0])).forEach(System.out::println);
    }
}
