package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;

/** Whatever is done to a pool, in whatever order: it is as {@link PoolModel} says. */
final class PoolProperties {
    private static final int RUNS = 60;
    private static final int CHANGES = 60;
    private static final double[] FACTORS = {0, 0.25, 0.5, 1};

    private final List<String> done = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"0.5, 1.4, 1", "0.5, 1.4, 3", "0, 1.4, 2", "0.9, 1, 2", "0.3, 2, 4", "1, 1.4, 2"})
    void aPoolIsAsItsModelSays(double threshold, double overprovision, int tiers) {
        for (long seed = 1; seed <= RUNS; seed++) {
            PoolModel model = new PoolModel(threshold, overprovision);
            ServerPool pool = Pools.settings(new ManualTicker())
                    .panicThreshold(threshold)
                    .overprovision(overprovision)
                    .build();
            Selector selector = pool.selector(new PlainDraw());
            Random random = new Random(seed);
            done.clear();
            for (int i = 0; i < CHANGES; i++) {
                change(pool, model, random, tiers);
                compare(pool, model, "seed " + seed + ", " + done);
            }
            comparePicks(selector, model, "seed " + seed + ", " + done);
        }
    }

    private void change(ServerPool pool, PoolModel model, Random random, int tiers) {
        String id = "s" + random.nextInt(8);
        Hold reason = Hold.values()[random.nextInt(4)];
        switch (random.nextInt(6)) {
            case 0 -> {
                List<Server> list = someServers(random, tiers);
                done.add("update " + list);
                pool.update(list);
                model.update(list);
            }
            case 1, 2 -> {
                done.add("hold " + id + " " + reason);
                assertThat(pool.hold(id, reason)).isEqualTo(model.hold(id, reason));
            }
            case 3, 4 -> {
                done.add("release " + id + " " + reason);
                assertThat(pool.release(id, reason)).isEqualTo(model.release(id, reason));
            }
            default -> {
                String source = "source " + random.nextInt(2);
                double factor = FACTORS[random.nextInt(FACTORS.length)];
                done.add("scale " + id + " " + source + " " + factor);
                assertThat(pool.scale(id, source, factor)).isEqualTo(model.scale(id, source, factor));
            }
        }
    }

    /** Some of eight, in any order, of any weight and tier; one in ten has moved. */
    private static List<Server> someServers(Random random, int tiers) {
        List<Server> all = new ArrayList<>();
        for (int i = 0; i < 8; i++)
            all.add(Server.builder("h" + i + ":" + (random.nextInt(10) == 0 ? 81 : 80))
                    .id("s" + i)
                    .weight(random.nextInt(4))
                    .priority(random.nextInt(tiers) * 10)
                    .build());
        Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(9));
    }

    private static void compare(ServerPool pool, PoolModel model, String story) {
        assertThat(pool.panic()).as(story).isEqualTo(model.panic());
        Map<String, Double> weights = Seen.weights(pool);
        Map<String, Double> expected = model.weights();
        assertThat(List.copyOf(weights.keySet())).as(story).isEqualTo(List.copyOf(expected.keySet()));
        expected.forEach((id, weight) ->
                assertThat(weights.get(id)).as("%s, %s", id, story).isCloseTo(weight, within(1e-9)));
        for (ServerStatus each : pool.status())
            assertThat(each.holds())
                    .as(story)
                    .isEqualTo(model.holds(each.server().id()));
    }

    private static void comparePicks(Selector selector, PoolModel model, String story) {
        Set<String> withWeight = model.weights().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!withWeight.isEmpty()) assertThat(withWeight).as(story).containsAll(Seen.by(selector));
    }
}
