package org.lb4j;

/**
 * A trial of an ejected server: its {@link Hold#OUTLIER} stays, yet one acquired call at a time may pass, until this is
 * closed. Closing does not release the hold. See {@link ServerPool#trial}.
 */
public interface Trial extends AutoCloseable {
    @Override
    void close();
}
