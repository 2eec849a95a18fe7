package org.lb4j;

import java.util.concurrent.atomic.LongAdder;

/** What went wrong around a member's calls and is only ever counted. */
final class Mishaps {
    private final LongAdder leaked = new LongAdder();
    private final LongAdder unsaid = new LongAdder();
    private final LongAdder badReports = new LongAdder();

    void leaked() {
        leaked.increment();
    }

    void unsaid() {
        unsaid.increment();
    }

    void badReport() {
        badReports.increment();
    }

    long leakedCalls() {
        return leaked.sum();
    }

    long unsaidCalls() {
        return unsaid.sum();
    }

    long unreadableReports() {
        return badReports.sum();
    }
}
