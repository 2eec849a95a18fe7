package org.lb4j.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Keys of 16 characters, in turn. */
@State(Scope.Thread)
public class Keys {
    private static final int COUNT = 1024;

    private static final String[] ALL =
            IntStream.range(0, COUNT).mapToObj(Keys::key).toArray(String[]::new);

    private int next;

    /**
     * All of them, for those who prepare something for each.
     *
     * @return in the order of {@link #next}
     */
    public static List<String> all() {
        return List.of(ALL);
    }

    /**
     * One of them.
     *
     * @return the next
     */
    public String next() {
        return ALL[next++ & (COUNT - 1)];
    }

    private static String key(int i) {
        return String.format("session-%08x", i * 2654435769L & 0xffffffffL);
    }
}
