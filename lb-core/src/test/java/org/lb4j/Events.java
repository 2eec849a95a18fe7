package org.lb4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class Events implements PoolListener {
    private final List<PoolEvent> all = new CopyOnWriteArrayList<>();

    @Override
    public void on(PoolEvent event) {
        all.add(event);
    }

    /** All so far, which are forgotten by that. */
    List<PoolEvent> taken() {
        List<PoolEvent> taken = List.copyOf(all);
        all.clear();
        return taken;
    }

    /** {@code "HELD a: draining (DRAIN)"} each, without the server if there is none; forgotten by that. */
    List<String> texts() {
        return taken().stream().map(Events::text).toList();
    }

    private static String text(PoolEvent event) {
        Server server = event.server();
        return event.kind() + (server == null ? "" : " " + server.id()) + ": " + event.evidence();
    }
}
