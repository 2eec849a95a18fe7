package org.lb4j.bench;

/** What the hardware and the JVM ask for the least that could do the job, measured in the same run by {@link FloorBenchmark}. */
enum Floor {
    RANDOM_INDEX("randomIndex", "an array indexed by ThreadLocalRandom"),
    SHARED_COUNTER("sharedCounter", "an array indexed by one shared AtomicInteger"),
    TWO_READS("twoReads", "two distinct random elements, one field read of each and a compare"),
    UP_AND_DOWN("upAndDown", "one increment and decrement of an uncontended counter"),
    CLOCK("clock", "System.nanoTime()"),
    HASH_LOOKUP("hashLookup", "XXH64 of a 16-character key and one table look-up");

    final String method;
    final String text;

    Floor(String method, String text) {
        this.method = method;
        this.text = text;
    }
}
