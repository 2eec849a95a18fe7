package org.lb4j;

/**
 * A trial of an ejected server: its {@link Hold#OUTLIER} stays, yet one acquired call at a time may pass, until this is
 * closed. Closing does not release the hold. See {@link ServerPool#trial}.
 *
 * <pre>{@code
 * pool.hold("10.0.0.7:8080", Hold.OUTLIER);
 * try (Trial trial = pool.trial("10.0.0.7:8080", Duration.ofSeconds(5))) {
 *     users.call(server -> fetch(server.resolve("/")));   // at times it is the one call that tries that server
 * }
 * }</pre>
 */
public interface Trial extends AutoCloseable {
    @Override
    void close();
}
