package org.lb4j.failover;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The story of a failed call, suppressed in the exception that its caller gets: which servers were tried, what happened, and
 * why no other was. Holds the exceptions of the earlier attempts; has no stack trace of its own.
 *
 * <pre>
 * 2 attempts, budget empty: #1 10.0.0.7:8080 NEVER_SENT after 3 ms, #2 10.0.0.8:8080 AMBIGUOUS after 120 ms
 * </pre>
 */
public final class FailedAttempts extends Exception {
    private static final long serialVersionUID = 1L;

    /** Enough to see a pattern; a call may have a thousand attempts. */
    private static final int TOLD = 10;

    /** An exception object that somebody throws again and again must not grow for ever. */
    private static final int MOST_STORIES = 8;

    private FailedAttempts(String story) {
        super(story, null, true, false);
    }

    /** Adds the story to what the caller will see. */
    static void tell(Throwable thrown, Attempts call, Stop why) {
        Attempt last = call.last();
        if (last == null || thrown.getSuppressed().length >= MOST_STORIES) return;
        Deque<Attempt> attempts = new ArrayDeque<>();
        for (Attempt each = last; each != null && attempts.size() < TOLD; each = each.before()) attempts.push(each);
        FailedAttempts story = new FailedAttempts(story(attempts, last.number(), why));
        for (Attempt each : attempts) {
            Throwable cause = each.cause();
            if (cause != null && cause != thrown) story.addSuppressed(cause);
        }
        thrown.addSuppressed(story);
    }

    private static String story(Deque<Attempt> attempts, int count, Stop why) {
        StringBuilder text = new StringBuilder();
        text.append(count).append(count == 1 ? " attempt, " : " attempts, ").append(why.text());
        String separator = count > attempts.size() ? ": ..., " : ": ";
        for (Attempt each : attempts) {
            text.append(separator).append(each.story());
            separator = ", ";
        }
        return text.toString();
    }

    /**
     * The story that a call left in its exception.
     *
     * @param thrown what the caller got
     * @return null: it has none
     */
    public static @Nullable FailedAttempts in(Throwable thrown) {
        for (Throwable each : thrown.getSuppressed()) if (each instanceof FailedAttempts story) return story;
        return null;
    }
}
