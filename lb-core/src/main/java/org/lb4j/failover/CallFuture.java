package org.lb4j.failover;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call. Whoever completes it ends the call; dependents are of this class too, so that {@code cancel} on any of
 * them, or on a copy, reaches the call.
 */
final class CallFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    private final @Nullable CompletableFuture<?> root;

    /**
     * @param root the call's own future; null: this is it
     */
    CallFuture(@Nullable CompletableFuture<?> root) {
        this.root = root;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>(root == null ? this : root);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (root != null && cancelled) root.cancel(mayInterruptIfRunning);
        return cancelled;
    }
}
