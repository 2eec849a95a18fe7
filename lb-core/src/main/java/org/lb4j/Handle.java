package org.lb4j;

/**
 * Something that goes on until it is closed: a registration, a started source. Closing twice is harmless.
 *
 * <pre>{@code
 * try (Handle listening = pool.onChange(event -> log(event))) { ... }
 * }</pre>
 */
@FunctionalInterface
public interface Handle extends AutoCloseable {
    @Override
    void close();
}
