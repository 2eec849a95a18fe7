package org.lb4j.sticky;

/** What the visits with session keys share. */
record SessionParts(Judge judge, Outcomes outcomes, KeyHash hashes, Deviations deviations) {}
