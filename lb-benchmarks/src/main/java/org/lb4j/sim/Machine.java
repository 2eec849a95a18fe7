package org.lb4j.sim;

import java.util.ArrayDeque;
import org.lb4j.Outcome;

/** A server at work: slots, and a queue in front of them, first come, first served. */
final class Machine {
    /** Hears how a call ended, when its answer leaves the server. */
    interface Answer {
        void leaves(Outcome outcome);
    }

    private record Job(double work, long arrived, int before, Answer answer) {}

    private final Events events;
    private final Node node;
    private final SelfReport report;
    private final ArrayDeque<Job> queue = new ArrayDeque<>();
    private Runnable free = () -> {};
    private int busy;

    Machine(Events events, Node node) {
        this.events = events;
        this.node = node;
        this.report = new SelfReport(events, node.slots());
    }

    /** Calls that wait or are worked on. */
    int inSystem() {
        return busy + queue.size();
    }

    int waiting() {
        return queue.size();
    }

    boolean hasFreeSlot() {
        return busy < node.slots();
    }

    Node node() {
        return node;
    }

    /** What to do whenever a slot has become free and nothing waits here. */
    void whenFree(Runnable act) {
        free = act;
    }

    /** What it knows of itself, for contenders that are told. */
    SelfReport report() {
        return report;
    }

    Condition condition() {
        return node.timeline().at(events.nanos());
    }

    /** When a call of that much work would have its answer, if it began now. */
    long finish(double work) {
        long done = node.timeline().finish(events.nanos(), work / node.speed());
        return done + node.timeline().at(done).extra();
    }

    void accept(double work, Answer answer) {
        Condition now = condition();
        Outcome failing = now.failing();
        if (failing != null) {
            events.at(events.nanos() + now.failsAfter(), () -> answer.leaves(failing));
            return;
        }
        Job job = new Job(work, events.nanos(), inSystem(), answer);
        if (hasFreeSlot()) begin(job);
        else queue.add(job);
    }

    private void begin(Job job) {
        report.busy(++busy);
        long began = events.nanos();
        events.at(node.timeline().finish(began, job.work / node.speed()), () -> done(job, began));
    }

    private void done(Job job, long began) {
        report.busy(--busy);
        long now = events.nanos();
        report.served(now - job.arrived, now - began, job.before);
        if (!queue.isEmpty()) begin(queue.remove());
        else free.run();
        long extra = condition().extra();
        if (extra == 0) job.answer.leaves(Outcome.SUCCESS);
        else events.at(now + extra, () -> job.answer.leaves(Outcome.SUCCESS));
    }
}
