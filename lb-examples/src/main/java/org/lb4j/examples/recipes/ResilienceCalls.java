package org.lb4j.examples.recipes;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.failover.AttemptCall;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Repeat;

/** The same with resilience4j: {@code breaker( waiting retry( lb4j ) )}. */
public final class ResilienceCalls {
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final Selector selector;
    private final Failover inner;

    /**
     * Calls.
     *
     * @param breaker of the whole service: lb4j ejects single servers
     * @param retry which waits
     * @param selector who chooses
     * @param inner what is done without waiting
     */
    public ResilienceCalls(CircuitBreaker breaker, Retry retry, Selector selector, Failover inner) {
        this.breaker = breaker;
        this.retry = retry;
        this.selector = selector;
        this.inner = inner;
    }

    /**
     * Calls.
     *
     * @param <T> what it brings
     * @param body one attempt; what it sends may be sent again
     * @return what the body returned
     * @throws Exception what the body threw at last, or that the breaker is open
     */
    public <T> T call(AttemptCall<T, Exception> body) throws Exception {
        AtomicReference<SelectionContext> untried = new AtomicReference<>(SelectionContext.none());
        Callable<T> round = () -> inner.call(selector, untried.get(), Repeat.FREELY, attempt -> {
            untried.updateAndGet(context -> context.excluding(attempt.server()));
            return body.on(attempt);
        });
        return breaker.executeCallable(Retry.decorateCallable(retry, round));
    }
}
