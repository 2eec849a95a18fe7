package org.lb4j.examples.recipes;

import dev.failsafe.FailsafeExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.failover.AttemptCall;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Repeat;

/**
 * A breaker and a waiting retry of Failsafe outside, lb4j inside. Each round begins with servers that the rounds before it have
 * not tried.
 */
public final class FailsafeCalls {
    private final FailsafeExecutor<Object> outer;
    private final Selector selector;
    private final Failover inner;

    /**
     * Calls.
     *
     * @param outer such as {@code Failsafe.with(breaker, retry)}: the first is the outermost
     * @param selector who chooses
     * @param inner what is done without waiting
     */
    public FailsafeCalls(FailsafeExecutor<Object> outer, Selector selector, Failover inner) {
        this.outer = outer;
        this.selector = selector;
        this.inner = inner;
    }

    /**
     * Calls.
     *
     * @param <T> what it brings
     * @param body one attempt; what it sends may be sent again
     * @return what the body returned
     */
    public <T> T call(AttemptCall<T, Exception> body) {
        AtomicReference<SelectionContext> untried = new AtomicReference<>(SelectionContext.none());
        return outer.get(() -> inner.call(selector, untried.get(), Repeat.FREELY, attempt -> {
            untried.updateAndGet(context -> context.excluding(attempt.server()));
            return body.on(attempt);
        }));
    }
}
