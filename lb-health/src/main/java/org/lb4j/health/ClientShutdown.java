package org.lb4j.health;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** Ends an HTTP client at once where the JDK can (21 and newer); on 17 it ends when it is collected. */
final class ClientShutdown {
    private static final @Nullable MethodHandle SHUTDOWN_NOW = find();

    private ClientShutdown() {}

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException olderThan21) {
            return null;
        }
    }

    static void of(HttpClient client) {
        if (SHUTDOWN_NOW == null) return;
        try {
            SHUTDOWN_NOW.invokeExact(client);
        } catch (Throwable thrown) {
            throw new IllegalStateException("the HTTP client did not shut down", thrown);
        }
    }
}
