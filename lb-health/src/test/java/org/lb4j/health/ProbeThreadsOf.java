package org.lb4j.health;

import java.util.List;

/** Threads of this module that live. */
final class ProbeThreadsOf {
    private ProbeThreadsOf() {}

    static List<String> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("lb4j-"))
                .sorted()
                .toList();
    }
}
