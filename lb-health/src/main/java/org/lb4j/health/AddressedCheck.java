package org.lb4j.health;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A check that needs the address of its server first. */
abstract class AddressedCheck extends StagedCheck {
    /** On other threads: neither a lookup nor what a client does to begin may hold up the scheduler. */
    final void begin(String host, Lookups lookups) {
        try {
            Lookups.Running lookup = lookups.of(host);
            var begun = lookup.begun().thenRun(() -> reach(Stage.LOOKUP));
            var found = begun.thenCombine(lookup.found(), (nothing, addresses) -> addresses);
            var unused = found.whenComplete(this::found);
        } catch (RejectedExecutionException | OutOfMemoryError full) {
            failed(full);
        }
    }

    private void found(InetAddress @Nullable [] addresses, @Nullable Throwable thrown) {
        if (isDone()) return; // cut off meanwhile
        reach(Stage.ASKED);
        try {
            if (addresses != null) ask(addresses[0]);
            else if (thrown != null) failed(thrown);
        } catch (Throwable broken) {
            failed(broken);
        }
    }

    /** Asks; may not block. */
    abstract void ask(InetAddress address) throws IOException;

    /** Nobody could be asked. */
    abstract void failed(Throwable thrown);
}
