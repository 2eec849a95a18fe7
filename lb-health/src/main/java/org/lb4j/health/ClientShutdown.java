package org.lb4j.health;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends an HTTP client, and waits for its thread, where the JDK can (21 and newer); on 17 it ends when it is collected. */
final class ClientShutdown {
    private static final @Nullable MethodHandle SHUTDOWN_NOW = find("shutdownNow", void.class);
    private static final @Nullable MethodHandle AWAIT = find("awaitTermination", boolean.class, Duration.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private ClientShutdown() {}

    private static @Nullable MethodHandle find(String method, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(HttpClient.class, method, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException olderThan21) {
            return null;
        }
    }

    static void of(HttpClient client) {
        if (SHUTDOWN_NOW == null || AWAIT == null) return;
        try {
            SHUTDOWN_NOW.invokeExact(client);
            boolean unused = (boolean) AWAIT.invokeExact(client, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            throw new IllegalStateException("the HTTP client did not shut down", thrown);
        }
    }
}
