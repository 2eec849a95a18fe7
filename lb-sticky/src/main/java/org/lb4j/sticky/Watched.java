package org.lb4j.sticky;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.List;
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

    /** What was made, and of what. */
    private record Made<T>(List<Member> members, List<Server> servers, T thing) {}

    private final ServerPool pool;
    private final Recipe<T> recipe;
    private volatile Made<T> made;

    private Watched(ServerPool pool, Recipe<T> recipe) {
        this.pool = pool;
        this.recipe = recipe;
        this.made = new Made<>(List.of(), List.of(), recipe.make(List.of(), null));
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
            List<Server> servers = members.stream().map(Member::server).toList();
            // An update of many servers is told server by server; the first one has made everything already.
            if (members.equals(before.members) && servers.equals(before.servers)) return;
            Made<T> after = new Made<>(members, servers, recipe.make(members, before.thing));
            if (MADE.compareAndSet(this, before, after)) return;
        }
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
            switch (event.kind()) {
                case ADDED, REMOVED, REPLACED -> alive.renew();
                default -> {} // holds and factors are read from the members
            }
        }
    }
}
