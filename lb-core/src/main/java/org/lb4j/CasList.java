package org.lb4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A list that is read far more often than it changes: immutable, replaced whole, so readers see one moment. */
final class CasList<T> {
    private final Published<List<T>> items = new Published<>(List.of());

    List<T> now() {
        return items.get();
    }

    void add(T item) {
        List<T> before;
        List<T> after;
        do {
            before = now();
            after = new ArrayList<>(before);
            after.add(item);
        } while (!items.replace(before, List.copyOf(after)));
    }

    void removeIf(Predicate<T> gone) {
        List<T> before;
        List<T> after;
        do {
            before = now();
            after = before.stream().filter(gone.negate()).toList();
        } while (after.size() < before.size() && !items.replace(before, after));
    }
}
