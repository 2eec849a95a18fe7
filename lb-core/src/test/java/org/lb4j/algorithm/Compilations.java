package org.lb4j.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.lb4j.Algorithm;
import org.lb4j.Picker;
import org.lb4j.Roster;

/** An algorithm that remembers what it compiled. */
final class Compilations implements Algorithm {
    private final Algorithm algorithm;
    private final List<Picker> pickers = new ArrayList<>();

    Compilations(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public Picker compile(Roster roster, Picker before) {
        Picker picker = algorithm.compile(roster, before);
        pickers.add(picker);
        return picker;
    }

    List<Picker> pickers() {
        return pickers;
    }
}
