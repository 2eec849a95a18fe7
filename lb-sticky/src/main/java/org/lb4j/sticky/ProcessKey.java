package org.lb4j.sticky;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key of cookies for which none was given: random, one for the process, and said once. */
final class ProcessKey {
    static final ProcessKey OWN = new ProcessKey();

    private static final Logger log = LoggerFactory.getLogger(StickyCookie.class);

    private final byte[] key = Hmac.randomKey();
    private final AtomicBoolean told = new AtomicBoolean();

    byte[] key(String scope) {
        if (!told.getAndSet(true))
            log.warn(
                    "No key for the sticky cookies of scope \"{}\": a random one is used, so other processes, and this one "
                            + "after a restart, will not know its cookies",
                    scope);
        return key;
    }
}
