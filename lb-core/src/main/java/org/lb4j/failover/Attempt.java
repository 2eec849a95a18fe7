package org.lb4j.failover;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.lb4j.Lease;
import org.lb4j.Outcome;
import org.lb4j.Server;

/**
 * One send of one call to one server. Holds the lease, so whatever ends the attempt ends the count.
 *
 * <pre>{@code
 * failover.call(users, context, Repeat.FREELY, attempt -> get(attempt.server().resolve("/"), attempt.timeLeft()));
 * }</pre>
 */
public final class Attempt {
    /* field  | read     | write           | why that is enough
     * marks  | acquire  | getAndBitwiseOr | each bit is set once, never cleared
     * ending | volatile | volatile        | immutable; whoever settled the attempt alone writes it, but for a local fault
     * successor | volatile | plain    | written at the head, before marks says settled; read when the stage is complete
     * flight | volatile | volatile        | paired with Attempts.stop: the one who stops sees it, or it sees the stop
     * queue  | volatile | volatile        | set before the send begins, asked when time runs out
     */
    private static final VarHandle MARKS;
    private static final int WATCHED = 1;
    private static final int SENT = 2;
    private static final int SPENT = 4;
    private static final int LOCAL = 8;
    private static final int KEPT = 16;
    private static final int SETTLED = 32;

    static {
        try {
            MARKS = MethodHandles.lookup().findVarHandle(Attempt.class, "marks", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Attempts call;
    private final Lease lease;
    private final int number;
    private final long start;
    private final long limit;
    private final boolean hedge;
    private final @Nullable Attempt before;

    @SuppressWarnings("UnusedVariable") // behind the handle
    private int marks;

    private volatile @Nullable Ending ending;
    private volatile @Nullable Runnable flight;
    private volatile @Nullable BooleanSupplier queue;
    private volatile @Nullable Attempt successor;

    Attempt(Attempts call, Lease lease, long start, long limit, boolean hedge, @Nullable Attempt before) {
        this.call = call;
        this.lease = lease;
        this.number = before == null ? 1 : before.number + 1;
        this.start = start;
        this.limit = limit;
        this.hedge = hedge;
        this.before = before;
    }

    /**
     * The server to send to.
     *
     * @return as it was when it was picked
     */
    public Server server() {
        return lease.server();
    }

    /**
     * The lease of this attempt, to say {@link Lease#answered()} or to report a load. It is ended by whoever runs the attempt;
     * {@link #keepLease()} takes it over.
     *
     * @return the lease
     */
    public Lease lease() {
        return lease;
    }

    /**
     * Which attempt of its call this is.
     *
     * @return 1 for the first
     */
    public int number() {
        return number;
    }

    /**
     * What this attempt may still take: the smaller of the attempt's timeout and what the call has left, rounded up to whole
     * milliseconds, since clients take 0 for "no limit".
     *
     * @return at least 1 ms; 292 years if there is no limit
     */
    public Duration timeLeft() {
        if (!limited()) return Duration.ofNanos(Spans.NO_LIMIT);
        long left = limit - (call.now() - start);
        return Duration.ofMillis(Math.max(1, (left + Spans.MILLI - 1) / Spans.MILLI));
    }

    /**
     * Whether there is any limit on its time.
     *
     * @return false: {@link #timeLeft()} is 292 years
     */
    public boolean limited() {
        return limit != Spans.NO_LIMIT;
    }

    /**
     * Says that nothing has left so far, and that {@link #sent()} will be said when something does. From here on a failure
     * without it counts as never sent.
     */
    public void unsent() {
        mark(WATCHED);
    }

    /** Says that the head of the request has left: from here on no failure counts as never sent. */
    public void sent() {
        mark(SENT);
    }

    /** Says that the body is used up and can not be made again: nothing is repeated from here on. */
    public void spent() {
        mark(SPENT);
        call.spent();
    }

    /**
     * Says that our own code threw, a body publisher say: nothing is repeated and no server is blamed, whatever exception
     * the client makes of it.
     *
     * @param thrown what was thrown
     */
    public void localFault(Throwable thrown) {
        if (ending == null) ending = new Ending(Diagnosis.OURS, thrown, 0);
        mark(LOCAL);
    }

    /**
     * Says how to see whether this attempt still queues on our own side, for a connection of a full pool say. In the
     * asynchronous form, time that runs out meanwhile is a {@link #localFault}: nothing was asked of the server.
     *
     * @param queue true while it does; asked by a timer
     */
    public void queuedWhile(BooleanSupplier queue) {
        this.queue = queue;
    }

    /**
     * Takes the lease over: a success does not end it, since the answer goes on as a stream. A failure or a cancelled call
     * still does.
     *
     * @return the lease, to be ended by the caller
     */
    public Lease keepLease() {
        mark(KEPT);
        return lease;
    }

    /**
     * At the head of a bad answer, before anybody has seen it: picks the next server, and ends this attempt if there is one
     * (and budget, and time). Its lease ends as the status says. In the asynchronous form what this attempt's stage brings is
     * then dropped, and the next attempt begins by itself.
     *
     * @param failure {@link Failure#ANSWERED} or {@link Failure#NOT_PROCESSED}
     * @param outcome what the status says of the server
     * @return the next attempt; null: this answer is the last word, and this attempt goes on
     */
    public @Nullable Attempt instead(Failure failure, Outcome outcome) {
        return call.instead(this, failure, outcome);
    }

    /**
     * What is known of a failure of this attempt, by what was said of it and by the exception.
     *
     * @param thrown what the client threw
     * @return to be given to {@link Attempts#after}
     */
    public Failure failureOf(Throwable thrown) {
        return call.diagnose(this, null, thrown).failure();
    }

    @Nullable
    Attempt before() {
        return before;
    }

    boolean isHedge() {
        return hedge;
    }

    boolean kept() {
        return has(KEPT);
    }

    boolean local() {
        return has(LOCAL);
    }

    boolean wasSent() {
        return has(SENT);
    }

    boolean knownUnsent() {
        return has(WATCHED) && !has(SENT);
    }

    /** Whatever comes first ends an attempt: a result, a failure, its timer, the end of the call. False: another did. */
    boolean settle() {
        return (mark(SETTLED) & SETTLED) == 0;
    }

    /** The attempt that was picked instead of this one's answer; null: none. */
    @Nullable
    Attempt successor() {
        return successor;
    }

    void successor(@Nullable Attempt next) {
        successor = next;
    }

    /** Notes how it failed, for the search for another server, without ending anything. */
    void answeredBadly(Diagnosis diagnosis, long now) {
        ending = new Ending(diagnosis, null, now - start);
    }

    /** Ends the lease by the table, unless its owner has said something better before. */
    void failed(Diagnosis diagnosis, @Nullable Throwable cause, long now) {
        ending = new Ending(diagnosis, cause, now - start);
        lease.end(diagnosis.outcome());
    }

    /** Its time is over: whose fault that is, and what its caller is told. */
    TimeoutException late() {
        boolean ours = queued();
        String what = ours ? "no connection to " : "no answer from ";
        TimeoutException late = new TimeoutException(what + server().id() + " within " + Spans.text(limit));
        if (ours) localFault(late);
        lease.end(ours ? Outcome.CANCELLED : Outcome.TIMEOUT); // before what the send makes of being cancelled
        return late;
    }

    private boolean queued() {
        BooleanSupplier known = queue;
        return known != null && known.getAsBoolean();
    }

    /** The call is over without this attempt. */
    void abandon(Outcome outcome) {
        settle();
        lease.end(outcome == Outcome.TIMEOUT && queued() ? Outcome.CANCELLED : outcome);
        Runnable running = flight;
        if (running != null) running.run();
    }

    /** What ends the running send; whoever sets it looks at the call's end once more after the send has begun. */
    void flight(Runnable abort) {
        flight = abort;
    }

    /** How long it may take from now. */
    long nanosLeft(long now) {
        return limited() ? limit - (now - start) : Spans.NO_LIMIT;
    }

    long start() {
        return start;
    }

    long limit() {
        return limit;
    }

    /** Null: it runs, or has not failed. */
    @Nullable
    Failure failure() {
        Ending known = ending;
        return known == null ? null : known.diagnosis.failure();
    }

    @Nullable
    Throwable cause() {
        Ending known = ending;
        return known == null ? null : known.cause;
    }

    String story() {
        Ending known = ending;
        String what = known == null ? " running" : " " + known.diagnosis.failure() + " after " + known.millis() + " ms";
        return "#" + number + " " + server().id() + what;
    }

    private boolean has(int mark) {
        return ((int) MARKS.getAcquire(this) & mark) != 0;
    }

    private int mark(int mark) {
        return (int) MARKS.getAndBitwiseOr(this, mark);
    }

    @Override
    public String toString() {
        return "attempt " + story();
    }

    private record Ending(Diagnosis diagnosis, @Nullable Throwable cause, long nanos) {
        long millis() {
            return nanos / Spans.MILLI;
        }
    }
}
