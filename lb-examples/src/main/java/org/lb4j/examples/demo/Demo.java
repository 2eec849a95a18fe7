package org.lb4j.examples.demo;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lb4j.ServerStatus;

/**
 * Balancing, live: six real HTTP servers in this process, real load on them through a wrapped client, and what comes of it.
 *
 * <pre>
 * java -jar demo.jar
 * java -jar demo.jar --algorithm round-robin --seconds 20 --plain
 * </pre>
 */
public final class Demo {
    private static final int BAD_INPUT = 2;
    private static final double ROUND_SECONDS = 40;
    private static final long FRAME_MILLIS = 250;
    private static final int WINDOW_FRAMES = 8; // bars show the last two seconds
    private static final String HOME = "\033[H";
    private static final String CLEAR_LINE = "\033[K\n";
    private static final String CLEAR_REST = "\033[J";

    private final DemoOptions options;
    private final Diary diary;
    private final Fleet fleet;
    private final Load load;
    private final Story story;
    private final Deque<Map<String, Tally.Count>> window = new ArrayDeque<>();

    private Demo(DemoOptions options) {
        this.options = options;
        diary = new Diary(line -> {
            if (options.plain()) System.out.println(line);
        });
        fleet = new Fleet(options.algorithm(), diary);
        load = new Load(fleet.client, options.rate());
        double round = options.seconds() == 0 ? ROUND_SECONDS : Math.min(ROUND_SECONDS, options.seconds());
        story = new Story(round, fleet.pool, fleet.named("dying"), fleet.named("draining"), diary);
    }

    /**
     * Runs it.
     *
     * @param arguments see {@code --help}
     * @throws Exception if the terminal is lost
     */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(DemoOptions.USAGE);
            return;
        }
        DemoOptions options;
        try {
            options = DemoOptions.of(arguments);
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage());
            System.exit(BAD_INPUT);
            return;
        }
        boolean live = !options.plain() && Keys.available();
        new Demo(live ? options : options.inPlain()).run();
        System.exit(0); // the HTTP client of Java 17 keeps a thread
    }

    private void run() throws Exception {
        try (fleet;
                load) {
            load.start();
            if (options.plain()) plain();
            else live();
        }
    }

    private void plain() throws InterruptedException {
        System.out.println(
                options.algorithm() + ", " + options.rate() + " calls a second, " + options.seconds() + " s");
        while (diary.seconds() < options.seconds()) {
            story.goOn(diary.seconds());
            Thread.sleep(FRAME_MILLIS / 5);
        }
        System.out.println();
        table(Map.of(), diary.seconds()).forEach(System.out::println);
        System.out.println(summary());
    }

    private void live() throws IOException, InterruptedException {
        try (Keys keys = Keys.listen()) {
            System.out.print("\033[2J");
            while (options.seconds() == 0 || diary.seconds() < options.seconds()) {
                char key = keys.pressed();
                if (key == 'q') break;
                press(key);
                story.goOn(diary.seconds());
                System.out.print(HOME + String.join(CLEAR_LINE, screen()) + CLEAR_LINE + CLEAR_REST);
                System.out.flush();
                Thread.sleep(FRAME_MILLIS);
            }
        }
        System.out.println(summary());
    }

    private void press(char key) {
        if (key == 'a') {
            Choice next = fleet.selector.choice().next();
            fleet.selector.use(next);
            diary.write("from now on " + next);
        }
        int index = key - '1';
        if (index < 0 || index >= fleet.servers.size()) return;
        DemoServer server = fleet.servers.get(index);
        server.breakOrMend();
        diary.write(server.name() + (server.broken() ? " is broken: every call fails" : " is mended"));
    }

    private List<String> screen() {
        Map<String, Tally.Count> now = counts();
        window.addLast(now);
        Map<String, Tally.Count> then = window.size() > WINDOW_FRAMES ? window.removeFirst() : window.getFirst();
        double seconds = Math.max(1, window.size() - 1) * FRAME_MILLIS / 1000.0;
        List<String> lines = new ArrayList<>();
        lines.add("lb4j: " + fleet.selector.choice() + ", " + options.rate() + " calls a second");
        lines.add("");
        lines.addAll(table(then, seconds));
        lines.add("");
        lines.add("  " + summary());
        lines.add("");
        lines.addAll(diary.last(8));
        lines.add("");
        lines.add("  a: next algorithm   1-6: break or mend a server   q: quit");
        return lines;
    }

    private List<String> table(Map<String, Tally.Count> since, double seconds) {
        Map<String, Tally.Count> now = counts();
        List<Board.Row> rows = new ArrayList<>();
        for (ServerStatus status : fleet.pool.status()) {
            String name = status.server().id();
            Tally.Count calls =
                    now.getOrDefault(name, Tally.Count.NONE).since(since.getOrDefault(name, Tally.Count.NONE));
            rows.add(new Board.Row(
                    status,
                    calls,
                    diary.whyDown(name),
                    diary.whyEjected(name),
                    fleet.named(name).broken()));
        }
        return Board.lines(rows, seconds);
    }

    private Map<String, Tally.Count> counts() {
        Map<String, Tally.Count> counts = new HashMap<>();
        for (DemoServer server : fleet.servers) counts.put(server.name(), fleet.tally.of(server.name()));
        return counts;
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "callers saw %d errors in %d calls; p50 %.1f ms, p99 %.1f ms; repeated on another server: %d",
                load.errors(),
                load.calls(),
                load.millis(50),
                load.millis(99),
                fleet.failover.stats().repeats().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }
}
