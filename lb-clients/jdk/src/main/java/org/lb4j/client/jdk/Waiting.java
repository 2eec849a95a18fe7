package org.lb4j.client.jdk;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for an asynchronous call as {@code send} does. */
final class Waiting {
    private Waiting() {}

    static <T> T forResult(CompletableFuture<T> call) throws IOException, InterruptedException {
        try {
            return call.get();
        } catch (InterruptedException left) {
            call.cancel(true);
            throw left;
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IOException broken) throw broken;
            if (cause instanceof RuntimeException fault) throw fault;
            if (cause instanceof Error error) throw error;
            throw new IOException(cause);
        }
    }
}
