package org.lb4j.health;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.lb4j.health.Turn.Urgency;

/**
 * The wheel of a checker: whose time has come is asked, who has answered is judged, who has not in time is cut off. All of
 * it runs in one mailbox, so nothing is locked.
 */
final class CheckerLoop {
    private final CheckerSettings settings;
    private final Surroundings around;
    private final CheckerParts parts;
    private final Alarm alarm;
    private final Rounds rounds = new Rounds();
    private final Flights flights;
    private final boolean suppressing;
    private final Replies replies = new Replies();
    private boolean stopped;

    CheckerLoop(CheckerSettings settings, Surroundings around, CheckerParts parts, BoundProbe probe, Mailbox mailbox) {
        this.settings = settings;
        this.around = around;
        this.parts = parts;
        this.alarm = new Alarm(around.scheduler(), around.ticker(), () -> mailbox.run(this::turn));
        this.flights = new Flights(
                probe, settings.rhythm().timeout(), around.ticker(), flight -> mailbox.post(() -> landed(flight)));
        this.suppressing = settings.suppression() && !probe.brings();
    }

    /** Does all that is due by now. */
    void turn() {
        long now = around.now();
        due(now);
        goOn(now);
    }

    private void due(long now) {
        long late = alarm.late(now);
        if (late > settings.pause()) stoodStill(late, now);
        cutOff(now);
        for (Checked each = rounds.due(now); each != null; each = rounds.due(now)) comeDue(each, now);
        for (Checked each = parts.words.over(now); each != null; each = parts.words.over(now))
            parts.verdicts.forget(each, now);
    }

    private void goOn(long now) {
        if (parts.unproven.ends(now)) for (Checked each : parts.roll.all()) parts.verdicts.imprint(each);
        launch(now);
        long due = rounds.nextDue(now + settings.rhythm().interval().toNanos()); // or to see that the pool was closed
        long next = earlier(due, flights.nextDeadline(due));
        alarm.set(earlier(earlier(next, parts.words.nextEnd(next)), parts.unproven.end(next)));
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private void cutOff(long now) {
        for (Flight each = flights.outOfTime(now); each != null; each = flights.outOfTime(now)) {
            settle(each, each.outcome(settings.rhythm().timeout(), now), now);
            each.cancel();
        }
    }

    private void comeDue(Checked checked, long now) {
        if (suppressing && !checked.turn().suspect() && checked.suppression().skips(checked.condition())) {
            parts.tally.suppressed();
            rounds.at(checked, now + checked.pace().gap(checked.condition()));
            return;
        }
        rounds.soon(checked, urgency(checked), now);
    }

    private static Urgency urgency(Checked checked) {
        if (checked.turn().suspect()) return Urgency.SUSPECT;
        if (checked.pace().neverAsked()) return Urgency.NEVER_ASKED;
        return checked.condition().down() ? Urgency.DOWN : Urgency.WELL;
    }

    private void launch(long now) {
        long effective = effectiveInterval();
        while (!stopped && flights.count() < settings.maxInFlight()) {
            Checked next = rounds.next(now, effective);
            if (next == null) return;
            flights.start(next, now);
        }
        if (stopped) letGo(); // a probe of the user's may have closed this checker, and flies all the same
    }

    private void landed(Flight flight) {
        if (flight.over()) return;
        long now = around.now();
        due(now); // first what was due before this came: this process may have stood still
        if (!flight.over()) settle(flight, flight.outcome(settings.rhythm().timeout(), now), now);
        goOn(now);
    }

    private void settle(Flight flight, Answer answer, long now) {
        flights.end(flight);
        Checked checked = flight.checked();
        if (!parts.roll.has(checked)) return; // it has left meanwhile
        ProbeResult result = answer.result();
        if (answer.thrown() != null) parts.ownFaults.threw(checked, answer.thrown());
        parts.tally.result(result);
        parts.ownFaults.saw(result, now);
        parts.verdicts.take(checked, result, now);
        long gap = checked.pace().gap(checked.condition());
        long due = flight.start() + gap;
        rounds.at(checked, due - now < 0 ? now : due); // a tick missed is a tick dropped
        checked.saw(result, now, gap);
        replies.add(checked.turn().takeWanted(), result);
        if (around.log().isDebugEnabled())
            around.log().debug("probe of {}: {} {}", checked.member().server().id(), result.verdict(), result.words());
    }

    /** This process stood still: what is under way says nothing, and what was missed is spread as at a start. */
    private void stoodStill(long late, long now) {
        List<Flight> spanning = flights.all();
        parts.ownFaults.paused(late, spanning.size());
        for (Flight each : spanning) {
            settle(each, new Answer(ProbeResult.inconclusive(Reason.PAUSED), now), now);
            each.cancel();
        }
        List<Checked> missed = rounds.missed(now);
        for (Checked each : missed) rounds.at(each, now + each.pace().spread(missed.size()));
    }

    /** The list has changed: who is new begins, who left is forgotten. */
    void sync() {
        long now = around.now();
        for (Checked each : parts.roll.left()) {
            parts.verdicts.takeBack(each);
            rounds.leave(each);
            parts.words.forget(each);
            parts.ownFaults.forget(each);
            replies.add(each.turn().takeWanted(), left(each));
            Flight flight = each.turn().flight();
            if (flight == null) continue;
            flights.end(flight);
            flight.cancel();
        }
        List<Checked> joined = parts.roll.joined();
        if (!joined.isEmpty()) parts.unproven.joined(now);
        for (Checked each : joined) {
            parts.verdicts.enrol(each);
            rounds.at(each, now + each.pace().spread(joined.size()));
        }
        turn();
    }

    /** Its calls fail. One that is down is asked at its own pace. */
    void suspect(Checked checked) {
        if (parts.roll.has(checked) && !checked.condition().down()) askFirst(checked);
    }

    /** Somebody wants to know, and will be told the next result. */
    void askFor(Checked checked, CompletableFuture<ProbeResult> wanted) {
        if (!checked.enrolled()) sync(); // it has only just joined
        if (!parts.roll.has(checked)) {
            replies.add(List.of(wanted), left(checked));
            return;
        }
        checked.turn().wanted(wanted);
        askFirst(checked);
    }

    private static IllegalStateException left(Checked checked) {
        return new IllegalStateException("server " + checked.member().server().id() + " has left");
    }

    /** Before all others, unless it is being asked already. */
    private void askFirst(Checked checked) {
        if (checked.turn().flight() != null) return;
        checked.turn().suspected();
        rounds.soon(checked, Urgency.SUSPECT, around.now());
        turn();
    }

    void hear(Checked checked, CharSequence text) {
        if (!checked.enrolled()) sync();
        ProbeResult word = HealthWords.read(text);
        if (word == null || !parts.roll.has(checked)) return;
        long now = around.now();
        parts.verdicts.hear(checked, word, now);
        if (!word.failed() && word.weight() < 1) parts.words.heard(checked, now);
        else parts.words.forget(checked);
        turn();
    }

    /** Sets and tells what the tasks at hand have decided. A listener that takes its time is no pause of the process. */
    void publish() {
        long start = around.now();
        parts.findings.publish();
        around.announcer().tick();
        parts.tally.publish(flights.count(), rounds.waiting(), effectiveInterval());
        replies.give();
        alarm.excuse(start, around.now());
    }

    private long effectiveInterval() {
        return settings.effectiveInterval(parts.roll.size());
    }

    /** Ends it; also in the midst of a task of this loop, if that runs code of the user's. */
    void stop() {
        stopped = true;
        alarm.end();
        letGo();
    }

    private void letGo() {
        for (Flight each : flights.all()) {
            flights.end(each);
            each.cancel();
        }
    }
}
