package org.lb4j;

/**
 * Something that goes on until it is closed: a registration, a started source. Closing twice is harmless.
 *
 * <pre>{@code
 * try (Handle listening = pool.onChange(event -> System.out.println(event))) {
 *     pool.hold("10.0.0.1:8080", Hold.DRAIN);   // is printed
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Handle extends AutoCloseable {
    @Override
    void close();
}
