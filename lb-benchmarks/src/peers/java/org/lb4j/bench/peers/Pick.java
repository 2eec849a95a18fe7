package org.lb4j.bench.peers;

/** One pick of a peer. */
@FunctionalInterface
interface Pick {
    Object pick(String key);
}
