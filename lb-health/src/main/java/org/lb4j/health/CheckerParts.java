package org.lb4j.health;

/** What a checker decides with: who is checked, how each stands, what is set and told. */
final class CheckerParts {
    final Roll roll;
    final Unproven unproven;
    final HeardWords words = new HeardWords();
    final Findings findings;
    final CheckerTally tally = new CheckerTally();
    final Verdicts verdicts;
    final OwnFaults ownFaults;

    CheckerParts(CheckerSettings settings, Roll roll, Findings findings, Surroundings around) {
        this.roll = roll;
        this.findings = findings;
        this.unproven = new Unproven(settings.initial(), roll);
        this.verdicts = new Verdicts(settings, unproven, findings, tally);
        long calm = settings.rhythm().interval().toNanos();
        this.ownFaults = new OwnFaults(findings, around.log(), !settings.dryRun(), calm);
    }
}
