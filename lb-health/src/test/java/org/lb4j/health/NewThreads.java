package org.lb4j.health;

import java.util.List;
import java.util.Set;

/** Threads of this module that were not there when this was made: others are of tests that ran before. */
final class NewThreads {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    List<String> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> !before.contains(each))
                .map(Thread::getName)
                .filter(name -> name.startsWith("lb4j-"))
                .sorted()
                .toList();
    }
}
