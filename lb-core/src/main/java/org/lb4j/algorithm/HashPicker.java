package org.lb4j.algorithm;

import org.lb4j.Picker;
import org.lb4j.SelectionContext;

/** A picker that can also be asked with a bare hash, so that further questions for one key cost no context. */
interface HashPicker extends Picker {
    Lineup lineup();

    /** What this algorithm makes of the key of a context that has one. */
    default long hash(SelectionContext context) {
        return context.keyHash();
    }

    /** Who serves a hash, as an index into the line-up: the first choice for it that is not excluded; all are: the first. */
    int choose(long hash, SelectionContext skip);
}
