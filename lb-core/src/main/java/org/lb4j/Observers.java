package org.lb4j;

/**
 * Whoever watches the calls of a pool. A factory is asked once for each member, when it is registered or the member joins,
 * whichever is later: both sides look again after they have published, so no member is missed. While two changes are
 * published at once the first calls of a new member may come before its observer.
 */
final class Observers {
    private final CasList<Registration> registrations = new CasList<>();
    private final Ledger ledger;

    Observers(Ledger ledger) {
        this.ledger = ledger;
    }

    Registration register(CallObserver.Factory factory) {
        Registration registration = new Registration(factory, ledger);
        registrations.add(registration);
        return registration;
    }

    /** To be called for each member of the pool after registering. */
    void attach(Member member) {
        for (Registration registration : registrations.now()) member.observeBy(registration);
    }

    void remove(Registration registration) {
        registration.close();
        registrations.removeIf(each -> each == registration);
    }

    /** One factory, until it is closed. */
    static final class Registration {
        private final CallObserver.Factory factory;
        private final Ledger ledger;
        private volatile boolean closed;

        private Registration(CallObserver.Factory factory, Ledger ledger) {
            this.factory = factory;
            this.ledger = ledger;
        }

        private void close() {
            closed = true;
        }
    }

    /** One registration's view of one member. */
    static final class Observation {
        private final Registration registration;
        private volatile @org.jspecify.annotations.Nullable CallObserver observer;

        Observation(Registration registration) {
            this.registration = registration;
        }

        boolean by(Registration other) {
            return registration == other;
        }

        boolean over() {
            return registration.closed;
        }

        /** Called by the thread that added this to its member, and by no other. */
        void begin(Server server) {
            try {
                observer = registration.factory.observe(server);
            } catch (Throwable thrown) {
                registration.ledger.fault();
            }
        }

        void tell(long start, long answered, long now, Outcome outcome) {
            CallObserver told = observer;
            if (told == null || registration.closed) return;
            try {
                told.onEnd(start, answered, now, outcome);
            } catch (Throwable thrown) {
                registration.ledger.fault();
            }
        }
    }
}
