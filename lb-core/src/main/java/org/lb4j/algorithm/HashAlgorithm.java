package org.lb4j.algorithm;

import org.jspecify.annotations.Nullable;
import org.lb4j.Algorithm;
import org.lb4j.Picker;
import org.lb4j.Roster;

/** An algorithm whose choice follows a hash, so that {@link BoundedLoad} may stand before it. */
interface HashAlgorithm extends Algorithm {
    @Override
    HashPicker compile(Roster roster, @Nullable Picker before);
}
