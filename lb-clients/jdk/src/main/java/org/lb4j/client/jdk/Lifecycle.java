package org.lb4j.client.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The methods by which clients end since Java 21. */
final class Lifecycle {
    private static final @Nullable MethodHandle CLOSE = find("close", void.class);
    private static final @Nullable MethodHandle SHUTDOWN = find("shutdown", void.class);
    private static final @Nullable MethodHandle SHUTDOWN_NOW = find("shutdownNow", void.class);
    private static final @Nullable MethodHandle IS_TERMINATED = find("isTerminated", boolean.class);
    private static final @Nullable MethodHandle AWAIT = find("awaitTermination", boolean.class, Duration.class);

    private Lifecycle() {}

    private static @Nullable MethodHandle find(String name, Class<?> returns, Class<?>... takes) {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpClient.class, name, MethodType.methodType(returns, takes));
        } catch (NoSuchMethodException olderThan21) {
            return null;
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static void close(HttpClient client) {
        call(CLOSE, client);
    }

    static void shutdown(HttpClient client) {
        call(SHUTDOWN, client);
    }

    static void shutdownNow(HttpClient client) {
        call(SHUTDOWN_NOW, client);
    }

    static boolean isTerminated(HttpClient client) {
        return Boolean.TRUE.equals(call(IS_TERMINATED, client));
    }

    static boolean awaitTermination(HttpClient client, Duration duration) throws InterruptedException {
        if (AWAIT == null) return false;
        try {
            return (boolean) AWAIT.invoke(client, duration);
        } catch (InterruptedException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object call(@Nullable MethodHandle method, HttpClient client) {
        if (method == null) return null;
        try {
            return method.invoke(client);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
