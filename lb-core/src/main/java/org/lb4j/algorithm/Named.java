package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Algorithm;
import org.lb4j.Picker;
import org.lb4j.Roster;

/** An algorithm under the name of its factory, for messages. */
record Named(String name, Algorithm algorithm) implements Algorithm {
    @Override
    public Picker compile(Roster roster, @Nullable Picker before) {
        return algorithm.compile(roster, before);
    }

    @Override
    public String toString() {
        return name;
    }
}
