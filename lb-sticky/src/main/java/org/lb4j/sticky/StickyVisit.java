package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.SelectionContext;
import org.lb4j.Server;

/**
 * One call of a session: what it wants of the pick, and afterwards what became of it. Made for each call, used by one thread
 * at a time.
 *
 * <pre>{@code
 * StickyVisit visit = sessions.visit(sessionId);
 * Server server = selector.next(visit.context());
 * try {
 *     send(server);
 * } catch (ConnectException refused) {
 *     server = selector.next(visit.retry(server, refused));   // somebody else
 *     send(server);
 * }
 * StickyOutcome outcome = visit.settle(server).outcome();
 * }</pre>
 */
public interface StickyVisit {
    /**
     * What to hand to the selector.
     *
     * @return a context that prefers the session's server, if it has one that may be used
     */
    SelectionContext context();

    /**
     * The same on top of wishes of the caller's own, such as a key or exclusions.
     *
     * @param base what else this call wants; ignored under {@link OnUnavailable#STRICT} if the session has a server
     * @return a context that prefers the session's server
     */
    SelectionContext context(SelectionContext base);

    /**
     * What to hand to the selector for the next attempt. A server that could not be reached is left at the first retry; one
     * that answered, be it with an error, is where the session lives.
     *
     * @param tried who was tried
     * @param failure why there was no answer; null: it answered
     * @return the last context, without the server if there was no answer
     */
    SelectionContext retry(Server tried, @Nullable Throwable failure);

    /**
     * What became of it. Asked once, when it is known who serves the call; asked again, the answer is the same.
     *
     * @param picked who answered, or was picked; null: nobody was found
     * @return the outcome, and what to send
     */
    Settled settle(@Nullable Server picked);
}
