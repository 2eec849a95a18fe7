package org.lb4j.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.lb4j.Server;

/** Lists of servers to measure with. */
public final class Servers {
    private Servers() {}

    /**
     * Servers of weight 1.
     *
     * @param count how many
     * @return the list
     */
    public static List<Server> equal(int count) {
        return IntStream.range(0, count).mapToObj(i -> server(i, 1)).toList();
    }

    /**
     * Servers of weights 1, 2, 3, 4 and 5 in turn.
     *
     * @param count how many
     * @return the list
     */
    public static List<Server> skewed(int count) {
        return IntStream.range(0, count).mapToObj(i -> server(i, 1 + i % 5)).toList();
    }

    private static Server server(int i, int weight) {
        return Server.builder("http://10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + ":8080")
                .weight(weight)
                .build();
    }
}
