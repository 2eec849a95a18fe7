package org.lb4j.failover;

/** A hedge and what is left of its budget. */
record Hedging(Hedge hedge, Purse purse) {}
