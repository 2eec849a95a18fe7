package org.lb4j.sticky;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        T make(Collection<Listed> members, @Nullable T before);
    }

    /** What was made, and of whom, by their ids. */
    private record Made<T>(Map<String, Listed> members, T thing) {}

    private final ServerPool pool;
    private final Recipe<T> recipe;
    private volatile Made<T> made;

    private Watched(ServerPool pool, Recipe<T> recipe) {
        this.pool = pool;
        this.recipe = recipe;
        this.made = new Made<>(Map.of(), recipe.make(Set.of(), null));
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

    /**
     * Until it is made of those who are members now: who changes the pool while it is being made may find nothing to do,
     * since it does not see that yet.
     */
    private void renew() {
        while (true) {
            Made<T> before = made;
            Map<String, Listed> members = listed();
            if (members.equals(before.members)) return;
            MADE.compareAndSet(this, before, new Made<>(members, recipe.make(members.values(), before.thing)));
        }
    }

    private Map<String, Listed> listed() {
        Map<String, Listed> members = new LinkedHashMap<>();
        for (Member each : pool.members()) {
            Listed listed = Listed.of(each);
            members.put(listed.id(), listed);
        }
        return members;
    }

    /**
     * An update of many servers is told server by server; at the first one everything is made already. Nor does it matter
     * what happens outside a view, or to holds and factors, which are read from the members.
     */
    private boolean isNews(PoolEvent event) {
        Server server = event.server();
        if (server == null) return false;
        Member member = pool.member(server.id());
        Listed now = member == null ? null : Listed.of(member);
        return !Objects.equals(now, made.members.get(server.id()));
    }

    /** What the pool knows of it; lets go once nobody else does, or once a view was closed. */
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
            if (alive == null || alive.pool.closed()) {
                if (own != null) own.close();
                return;
            }
            if (alive.isNews(event)) alive.renew();
        }
    }
}
