package org.lb4j.examples.recipes;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lb4j.ServerPool;

/**
 * Makes {@code lb4j:///users} a target that gRPC knows.
 *
 * <pre>{@code
 * NameResolverRegistry.getDefaultRegistry().register(new PoolResolverProvider(Map.of("users", users)));
 * ManagedChannel channel = Grpc.newChannelBuilder("lb4j:///users", credentials)
 *         .defaultLoadBalancingPolicy("round_robin")
 *         .build();
 * }</pre>
 */
public final class PoolResolverProvider extends NameResolverProvider {
    private final Map<String, ServerPool> pools;

    /**
     * A provider, to be registered.
     *
     * @param pools by the names that targets have
     */
    public PoolResolverProvider(Map<String, ServerPool> pools) {
        this.pools = Map.copyOf(pools);
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!getDefaultScheme().equals(target.getScheme())) return null;
        ServerPool pool = pools.get(target.getPath().substring(1));
        if (pool == null) throw new IllegalArgumentException("no pool for " + target + " in " + pools.keySet());
        return new PoolResolver(pool, args.getSynchronizationContext());
    }

    @Override
    public String getDefaultScheme() {
        return "lb4j";
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return List.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 5; // as gRPC's own
    }
}
