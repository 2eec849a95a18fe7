package org.lb4j.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lb4j.Handle;
import org.lb4j.Server;
import org.lb4j.ServerSource;

/**
 * Where a pool's servers come from. In all of them stale beats empty: after a failure, or an empty answer, the last good list
 * stays.
 *
 * <pre>{@code
 * ServerPool users = ServerPool.builder().name("users").source(Sources.dns("http://localhost:8080")).build();
 * if (!users.awaitReady(Duration.ofSeconds(5))) throw new IllegalStateException("no servers for users");
 * }</pre>
 *
 * <p>All but {@link #fixed} ask again and again, each on one daemon thread of its own from {@code start} on, at intervals that
 * vary by a fifth, so that a fleet does not ask in step. After a failure they ask again soon: after 1 s, 2 s, 4 s and so on.
 */
public final class Sources {
    private Sources() {}

    /**
     * A list that stays as it is.
     *
     * @param servers all of them
     * @return a source that delivers once
     */
    public static ServerSource fixed(Server... servers) {
        List<Server> all = List.of(servers);
        return listener -> {
            listener.servers(all);
            return () -> {};
        };
    }

    /**
     * Anything that can be asked for the full list: a registry's client, a database, a file of your own.
     *
     * @param lookup brings all servers; may block, may throw
     * @return a source that asks every 30 s, see {@link Polled#every}
     */
    public static Polled polling(Callable<? extends Collection<Server>> lookup) {
        if (lookup == null) throw new IllegalArgumentException("lookup must be given, was null");
        return new Polled("polling", lookup, Duration.ofSeconds(30));
    }

    /**
     * All addresses (A and AAAA) of a name, asked of the JDK's resolver. That one caches for the time of the security property
     * {@code networkaddress.cache.ttl}, 30 s, so asking more often shows nothing new.
     *
     * @param address as for {@link Server#of(String)}, such as {@code http://users.internal:8080}; scheme and port are those of
     *     each server
     * @return a source that asks every 30 s
     * @throws IllegalArgumentException if the address can not be read
     */
    public static Polled dns(String address) {
        Server named = Server.of(address);
        return new Polled("dns " + named.hostPort(), new DnsLookup(named), Duration.ofSeconds(30));
    }

    /**
     * The servers of a DNS service (SRV): its priorities are tiers, its weights weights. Asked of the system's name servers
     * through JNDI, uncached.
     *
     * @param service such as {@code _http._tcp.users.example}
     * @return a source that asks every 30 s
     * @throws IllegalArgumentException if a name is not one of DNS
     * @throws IllegalStateException if the JVM has not the modules java.naming and jdk.naming.dns
     */
    public static Polled srv(String service) {
        return srv(service, "");
    }

    /**
     * The servers of a DNS service (SRV), asked of a name server of your own.
     *
     * @param service such as {@code _http._tcp.users.example}
     * @param nameServer {@code host} or {@code host:port}; empty: the system's
     * @return a source that asks every 30 s
     * @throws IllegalArgumentException if a name is not one of DNS
     * @throws IllegalStateException if the JVM has not the modules java.naming and jdk.naming.dns
     */
    public static Polled srv(String service, String nameServer) {
        SrvLookup lookup = new SrvLookup(service, nameServer);
        SrvLookup.checkModules();
        return new Polled("srv " + service, lookup, Duration.ofSeconds(30));
    }

    /**
     * A file with a server on each line: its address, then what differs from the defaults.
     *
     * <pre>
     * # users
     * http://10.0.0.1:8080
     * http://10.0.0.2:8080  weight=3 zone=eu-1 priority=1 id=b tag.route=node2
     * </pre>
     *
     * <p>Read each second through links, so the swap of a mounted ConfigMap is seen. A file that can not be read as a whole
     * changes nothing; the line and the reason are told. Write beside it and rename: what is half written may look whole.
     *
     * @param file where; may appear later
     * @return a source that looks each second
     */
    public static Polled file(Path file) {
        if (file == null) throw new IllegalArgumentException("file must be given, was null");
        return new Polled("file " + file, new FileLookup(file), Duration.ofSeconds(1));
    }

    /**
     * A source that asks again and again. Immutable but for who listens.
     *
     * <pre>{@code
     * Sources.Polled registry = Sources.polling(() -> registryClient.list("users")).every(Duration.ofSeconds(5));
     * ServerPool users = ServerPool.builder().source(registry).build();
     * registry.refresh();   // somebody knows that the list has changed
     * }</pre>
     */
    public static final class Polled implements ServerSource {
        private static final Duration LEAST = Duration.ofMillis(10);
        private static final Duration MOST = Duration.ofDays(1);

        private final String name;
        private final Callable<? extends Collection<Server>> lookup;
        private final Duration interval;
        private final List<Poller> running = new CopyOnWriteArrayList<>();

        Polled(String name, Callable<? extends Collection<Server>> lookup, Duration interval) {
            this.name = name;
            this.lookup = lookup;
            this.interval = interval;
        }

        /**
         * Sets how often it asks, give or take a fifth.
         *
         * @param interval in [10 ms, 1 day]
         * @return a copy, which nobody listens to yet
         * @throws IllegalArgumentException if it is outside
         */
        public Polled every(Duration interval) {
            if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0)
                throw new IllegalArgumentException("interval must be in [10 ms, 1 day], was " + interval);
            return new Polled(name, lookup, interval);
        }

        /** Asks now instead of at the next time; a hint, which returns at once. */
        public void refresh() {
            for (Poller each : running) each.hurry();
        }

        @Override
        public Handle start(ServerSource.Listener listener) {
            Poller poller = new Poller(name, new Poll(lookup, listener, new Pace(interval)));
            running.add(poller);
            poller.begin();
            return () -> {
                running.remove(poller);
                poller.close();
            };
        }

        @Override
        public String toString() {
            return "source " + name + " every " + interval;
        }
    }
}
