package org.lb4j.examples.demo;

import java.util.List;
import org.lb4j.Hold;
import org.lb4j.ServerPool;

/** What happens to the fleet by itself: one server dies and comes back, one drains; again and again. */
final class Story {
    /** One chapter: from which part of the round on, and what. */
    private record Chapter(double from, String text, Runnable what) {}

    private final double roundSeconds;
    private final List<Chapter> chapters;
    private final Diary diary;
    private int told;

    Story(double roundSeconds, ServerPool pool, DemoServer dying, DemoServer draining, Diary diary) {
        this.roundSeconds = roundSeconds;
        this.diary = diary;
        chapters = List.of(
                new Chapter(0.15, dying.name() + " is killed", dying::stop),
                new Chapter(0.45, dying.name() + " is started again", dying::start),
                new Chapter(0.6, draining.name() + " is drained by hand", () -> pool.hold(draining.name(), Hold.DRAIN)),
                new Chapter(
                        0.85, draining.name() + " may work again", () -> pool.release(draining.name(), Hold.DRAIN)));
    }

    /** Tells what is due. */
    void goOn(double seconds) {
        int round = told / chapters.size();
        Chapter next = chapters.get(told % chapters.size());
        if (seconds < (round + next.from()) * roundSeconds) return;
        told++;
        next.what().run();
        diary.write(next.text());
    }
}
