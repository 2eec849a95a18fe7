package org.lb4j.examples.recipes;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lb4j.Handle;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/**
 * Shows a pool's servers in traffic to gRPC, which then balances over them itself. Made by {@link PoolResolverProvider}.
 *
 * <p>In traffic are those with an effective weight, so holds, checks, tiers and panic are obeyed. Each change shows all of
 * them anew, and within gRPC's own turn, so an older list can not overtake a newer one.
 */
final class PoolResolver extends NameResolver {
    private final ServerPool pool;
    private final SynchronizationContext turn;
    private @Nullable Handle changes;

    PoolResolver(ServerPool pool, SynchronizationContext turn) {
        this.pool = pool;
        this.turn = turn;
    }

    @Override
    public String getServiceAuthority() {
        return pool.name(); // what servers are called in TLS
    }

    @Override
    public void start(Listener2 listener) {
        changes = pool.onChange(event -> turn.execute(() -> show(listener)));
        show(listener);
    }

    private void show(Listener2 listener) {
        if (changes == null) return; // shut down
        List<EquivalentAddressGroup> inTraffic;
        try {
            inTraffic = pool.status().stream()
                    .filter(status -> status.effectiveWeight() > 0)
                    .map(status -> address(status.server()))
                    .toList();
        } catch (IllegalStateException closed) {
            return; // the pool is: what was shown last stays
        }
        listener.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(inTraffic))
                .build());
    }

    private static EquivalentAddressGroup address(Server server) {
        return new EquivalentAddressGroup(new InetSocketAddress(server.host(), server.port()));
    }

    @Override
    public void shutdown() {
        if (changes != null) changes.close();
        changes = null;
    }
}
