package org.lb4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** A list that is read far more often than it changes: immutable, replaced whole by CAS, so readers see one moment. */
final class CasList<T> {
    private final AtomicReference<List<T>> items = new AtomicReference<>(List.of());

    List<T> now() {
        return items.get();
    }

    void add(T item) {
        items.updateAndGet(before -> {
            List<T> after = new ArrayList<>(before.size() + 1);
            after.addAll(before);
            after.add(item);
            return List.copyOf(after);
        });
    }

    void removeIf(Predicate<T> gone) {
        for (T item : now()) {
            if (!gone.test(item)) continue;
            items.updateAndGet(before -> before.stream().filter(gone.negate()).toList());
            return;
        }
    }
}
