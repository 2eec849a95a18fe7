package org.lb4j;

/** A change made through a view: servers outside it are unknown. */
record ViewChange(ServerPool view, Change pool) implements Change {
    @Override
    public boolean hold(String serverId, Hold reason) {
        return view.here(serverId) && pool.hold(serverId, reason);
    }

    @Override
    public boolean release(String serverId, Hold reason) {
        return view.known(serverId) && pool.release(serverId, reason);
    }

    @Override
    public boolean scale(String serverId, String source, double factor) {
        return (factor == 1 ? view.known(serverId) : view.here(serverId)) && pool.scale(serverId, source, factor);
    }
}
