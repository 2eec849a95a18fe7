package org.lb4j;

import org.jspecify.annotations.Nullable;

/** Whoever wants to know what changes in a pool. */
final class Listeners {
    private final CasList<PoolListener> all = new CasList<>();
    private final Ledger ledger;

    Listeners(Ledger ledger) {
        this.ledger = ledger;
    }

    Handle add(PoolListener listener) {
        // Wrapped, so that closing one of two registrations of a listener leaves the other.
        PoolListener registration = event -> listener.on(event);
        all.add(registration);
        return () -> all.removeIf(each -> each == registration);
    }

    void tell(PoolEvent.Kind kind, @Nullable Server server, String evidence) {
        if (!all.now().isEmpty()) tell(new PoolEvent(kind, server, evidence, ledger.now()));
    }

    void tell(PoolEvent event) {
        for (PoolListener listener : all.now()) {
            try {
                listener.on(event);
            } catch (Throwable thrown) {
                ledger.fault();
            }
        }
    }
}
