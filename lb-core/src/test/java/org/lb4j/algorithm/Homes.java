package org.lb4j.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.lb4j.Algorithm;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.hash.Mix;

/** Where each of many keys lives. */
final class Homes {
    private final List<String> ids;

    private Homes(List<String> ids) {
        this.ids = ids;
    }

    /** 10.0.0.1:8080, .2, .. with these weights, in the slots 0, 1, .. */
    static List<Server> servers(int... weights) {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) servers.add(server(i, weights[i]));
        return servers;
    }

    static List<Server> equalServers(int n) {
        return servers(IntStream.range(0, n).map(i -> 1).toArray());
    }

    static Server server(int i, int weight) {
        return Server.builder("10." + i / 62_500 + "." + i / 250 % 250 + "." + (i % 250 + 1) + ":8080")
                .tag("slot", Integer.toString(i))
                .weight(weight)
                .build();
    }

    static Selector selector(Algorithm algorithm, List<Server> servers) {
        return ServerPool.builder().servers(servers).seed(1).build().selector(algorithm);
    }

    /** Of the keys {@code key-0}, {@code key-1}, .. */
    static Homes of(Selector selector, int keys) {
        List<String> ids = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) ids.add(selector.next(key(i)).id());
        return new Homes(ids);
    }

    static SelectionContext key(int i) {
        return SelectionContext.key("key-" + i);
    }

    long count(Server server) {
        return ids.stream().filter(server.id()::equals).count();
    }

    /** The part of the keys that lives there. */
    double share(Server server) {
        return (double) count(server) / ids.size();
    }

    long moved(Homes later) {
        return moved(later, from -> true, to -> true);
    }

    /** How many keys moved from such a server to such a server. */
    long moved(Homes later, Predicate<String> from, Predicate<String> to) {
        return IntStream.range(0, ids.size())
                .filter(i -> !ids.get(i).equals(later.ids.get(i)))
                .filter(i -> from.test(ids.get(i)) && to.test(later.ids.get(i)))
                .count();
    }

    /** The same in every process, or they do not agree. */
    long checksum() {
        long sum = 0;
        for (String id : ids) for (char c : id.toCharArray()) sum = Mix.mix(sum ^ c) + 1;
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Homes that && ids.equals(that.ids);
    }

    @Override
    public int hashCode() {
        return ids.hashCode();
    }
}
