package org.lb4j.client;

import org.lb4j.failover.Attempt;
import org.lb4j.failover.Failure;

/**
 * How a client that waits for each response on its caller's thread sends a call; {@link Service#call} knows when. For adapters.
 *
 * <pre>{@code
 * WaitingCall<InputStream, IOException> call = new WaitingCall<>() {
 *     public InputStream send(Attempt attempt) { return in; }                       // to attempt.server()
 *     public ResponseHead head(InputStream response) { return head; }
 *     public InputStream deliver(Attempt attempt, InputStream response) {
 *         Delivery delivery = service.deliver(attempt, head);
 *         return new DeliveredStream(response, delivery, -1, delivery::broken);
 *     }
 *     public void drop(InputStream response) throws IOException { response.close(); }
 * };
 * InputStream body = service.call(service.attempts(request), call);
 * }</pre>
 *
 * @param <R> its responses
 * @param <X> what it throws
 */
public interface WaitingCall<R, X extends Exception> {
    /**
     * Sends the request to the server of an attempt.
     *
     * @param attempt which
     * @return the answer, once its head is there
     * @throws X if there is none
     */
    R send(Attempt attempt) throws X;

    /**
     * Looks at an answer before anybody else does.
     *
     * @param response the answer
     * @return its head
     * @throws X if that can not be read
     */
    ResponseHead head(R response) throws X;

    /**
     * Hands an answer over: {@link Service#deliver}, and whatever tells the delivery how the body ends.
     *
     * @param attempt the one that was answered
     * @param response the answer
     * @return what the caller gets
     * @throws X if that can not be made
     */
    R deliver(Attempt attempt, R response) throws X;

    /**
     * Does away with an answer that nobody wants: reads what little is left, so that its connection can be used again, or closes it.
     *
     * @param response the answer
     * @throws X it is not heard
     */
    void drop(R response) throws X;

    /**
     * Tells what is known of a failed attempt.
     *
     * @param attempt the one that failed
     * @param thrown by any of the other methods
     * @return what the exception says, unless the client knows better
     */
    default Failure failure(Attempt attempt, Throwable thrown) {
        return attempt.failureOf(thrown);
    }
}
