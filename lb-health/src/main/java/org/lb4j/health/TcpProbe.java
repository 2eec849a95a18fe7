package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/**
 * Asks by TCP: a connection is a pass, unless more is expected. Immutable: each method returns another probe.
 *
 * <pre>{@code
 * Probe open = TcpProbe.connect();
 * Probe redis = TcpProbe.connect()
 *         .send("PING\r\n".getBytes(StandardCharsets.UTF_8))
 *         .expect("+PONG".getBytes(StandardCharsets.UTF_8));
 * }</pre>
 *
 * <p>A name with several addresses is asked at its first one.
 */
public final class TcpProbe implements Probe {
    private static final int MAX_EXPECTED = 64 * 1024;
    private static final int OWN_LOOKUPS = 64;

    private final byte[] sent;
    private final byte[] expected;
    private final boolean healthText;
    private final Lookup lookup;
    private @Nullable TcpEngine engine;

    private TcpProbe(byte[] sent, byte[] expected, boolean healthText, Lookup lookup) {
        this.sent = sent;
        this.expected = expected;
        this.healthText = healthText;
        this.lookup = lookup;
    }

    /**
     * A probe that connects and closes.
     *
     * @return the probe
     */
    public static TcpProbe connect() {
        return new TcpProbe(new byte[0], new byte[0], false, Lookup.SYSTEM);
    }

    /**
     * Sends something once connected.
     *
     * @param bytes what
     * @return another probe
     */
    public TcpProbe send(byte[] bytes) {
        if (bytes == null) throw new IllegalArgumentException("bytes must be given, were null");
        return new TcpProbe(bytes.clone(), expected, healthText, lookup);
    }

    /**
     * Expects the answer to begin like that.
     *
     * @param prefix at most 65,536 bytes
     * @return another probe
     */
    public TcpProbe expect(byte[] prefix) {
        if (prefix == null) throw new IllegalArgumentException("expected prefix must be given, was null");
        if (prefix.length > MAX_EXPECTED)
            throw new IllegalArgumentException(
                    "an expected prefix must have at most " + MAX_EXPECTED + " bytes, had " + prefix.length);
        return new TcpProbe(sent, prefix.clone(), healthText, lookup);
    }

    /**
     * Reads health words in the first line of the answer, as HAProxy's agents send them: {@code up}, {@code 75%},
     * {@code drain}, {@code down # disk full}.
     *
     * @return another probe
     */
    public TcpProbe healthText() {
        return new TcpProbe(sent, expected, true, lookup);
    }

    TcpProbe lookup(Lookup other) {
        return new TcpProbe(sent, expected, healthText, other);
    }

    @Override
    public CompletableFuture<ProbeResult> check(Server server, Duration timeout) {
        return ownEngine().check(server, timeout);
    }

    /** For use without a checker: with the sockets' thread that the JVM has anyway. */
    private synchronized TcpEngine ownEngine() {
        TcpEngine known = engine;
        if (known != null) return known;
        TcpEngine made = new TcpEngine(this, "tcp", OWN_LOOKUPS, false);
        engine = made;
        return made;
    }

    /** The same with sockets and threads of one checker. */
    BoundProbe bind(String name, int maxInFlight, ScheduledExecutorService scheduler) {
        return new TcpEngine(this, name, maxInFlight, true);
    }

    byte[] sent() {
        return sent;
    }

    byte[] expected() {
        return expected;
    }

    boolean words() {
        return healthText;
    }

    Lookup lookup() {
        return lookup;
    }

    @Override
    public String toString() {
        return "TCP connect";
    }
}
