package org.lb4j.sticky;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lb4j.Handle;
import org.lb4j.Member;
import org.lb4j.PoolEvent;
import org.lb4j.PoolListener;
import org.lb4j.Server;
import org.lb4j.ServerPool;

/** Something made of a pool's members, made anew when they change. The pool holds it weakly. */
final class Watched<T> {
    private static final VarHandle MADE;

    static {
        try {
            MADE = MethodHandles.lookup().findVarHandle(Watched.class, "made", Made.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Makes it. */
    interface Recipe<T> {
        /** May take over what is still right of the one before. */
        T make(List<Member> members, @Nullable T before);
    }

    /** What was made, and of what: servers by their ids. */
    private record Made<T>(Map<String, Server> servers, T thing) {}

    private final ServerPool pool;
    private final Recipe<T> recipe;
    private volatile Made<T> made;

    private Watched(ServerPool pool, Recipe<T> recipe) {
        this.pool = pool;
        this.recipe = recipe;
        this.made = new Made<>(Map.of(), recipe.make(List.of(), null));
    }

    static <T> Watched<T> of(ServerPool pool, Recipe<T> recipe) {
        Watched<T> watched = new Watched<>(pool, recipe);
        Follower follower = new Follower(watched);
        follower.handle = pool.onChange(follower);
        watched.renew(); // whatever changed before the pool knew of the follower
        return watched;
    }

    T now() {
        return made.thing;
    }

    /** Whoever wins the CAS has read the members after its predecessor did, so what is in is never replaced by older. */
    private void renew() {
        while (true) {
            Made<T> before = made;
            List<Member> members = pool.members();
            Map<String, Server> servers = new HashMap<>();
            for (Member member : members) servers.put(member.server().id(), member.server());
            Made<T> after = new Made<>(servers, recipe.make(members, before.thing));
            if (MADE.compareAndSet(this, before, after)) return;
        }
    }

    /** An update of many servers is told server by server; at the first one everything is made already. */
    private boolean isNews(PoolEvent event) {
        Server server = event.server();
        if (server == null) return false;
        Server known = made.servers.get(server.id());
        return switch (event.kind()) {
            case ADDED, REPLACED -> !server.equals(known);
            case REMOVED -> known != null;
            default -> false; // holds and factors are read from the members
        };
    }

    /** What the pool knows of it; lets go once nobody else does. */
    private static final class Follower implements PoolListener {
        private final WeakReference<Watched<?>> watched;
        private volatile @Nullable Handle handle;

        Follower(Watched<?> watched) {
            this.watched = new WeakReference<>(watched);
        }

        @Override
        public void on(PoolEvent event) {
            Watched<?> alive = watched.get();
            Handle own = handle;
            if (alive == null) {
                if (own != null) own.close();
                return;
            }
            if (alive.isNews(event)) alive.renew();
        }
    }
}
