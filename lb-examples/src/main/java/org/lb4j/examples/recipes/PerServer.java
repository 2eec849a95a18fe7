package org.lb4j.examples.recipes;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lb4j.Handle;
import org.lb4j.PoolEvent;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * A client for each server of a pool, made at the first call to it and closed when the server has left: a gRPC channel, a pool
 * of connections.
 *
 * @param <C> the client
 */
public final class PerServer<C> implements AutoCloseable {
    private final ServerPool pool;
    private final Function<Server, C> open;
    private final Consumer<C> shut;
    private final Map<String, C> clients = new ConcurrentHashMap<>(); // by address: a new weight makes no new client
    private final Handle changes;

    /**
     * No client yet.
     *
     * @param pool whose servers
     * @param open makes a client, and connects lazily or at once
     * @param shut ends a client; calls that run on it may finish
     */
    public PerServer(ServerPool pool, Function<Server, C> open, Consumer<C> shut) {
        this.pool = pool;
        this.open = open;
        this.shut = shut;
        changes = pool.onChange(this::changed);
    }

    /**
     * The client of a server.
     *
     * @param server of the pool
     * @return the same one each time
     */
    public C of(Server server) {
        return clients.computeIfAbsent(server.hostPort(), address -> open.apply(server));
    }

    /**
     * How many there are.
     *
     * @return the clients that are open
     */
    public int size() {
        return clients.size();
    }

    /** A call that was given a server just before it left may open a client behind our back: the next change ends that too. */
    private void changed(PoolEvent event) {
        boolean gone = event.kind() == PoolEvent.Kind.REMOVED || event.kind() == PoolEvent.Kind.REPLACED;
        if (!gone) return;
        Set<String> here = pool.members().stream()
                .map(member -> member.server().hostPort())
                .collect(Collectors.toSet());
        for (String address : clients.keySet()) if (!here.contains(address)) close(address);
    }

    private void close(String address) {
        C client = clients.remove(address);
        if (client != null) shut.accept(client);
    }

    @Override
    public void close() {
        changes.close();
        for (String address : clients.keySet()) close(address);
    }
}
