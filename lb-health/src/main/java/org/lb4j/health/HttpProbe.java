package org.lb4j.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/**
 * Asks by HTTP/1.1: 200 to 299 is a pass, redirects are failures and never followed, 429 and 503 with Retry-After mean busy.
 * Immutable: each method returns another probe.
 *
 * <pre>{@code
 * Probe simple = HttpProbe.get("/health");
 * Probe strict = HttpProbe.get("/health")
 *         .expectBody("ok", "db:up")                   // in this order, in the first 1,024 bytes
 *         .expectHeader("X-Service", "users")          // not whoever has that address now
 *         .header("X-Probe", "lb4j")
 *         .drainOn404();
 * }</pre>
 *
 * <p>The header {@code X-Lb-Health} of an answer is always read: {@code drain}, {@code 50%}, {@code down # disk full}. No probe
 * asks for more of a body once it has 64 KiB.
 */
public final class HttpProbe implements Probe {
    private static final int OWN_LOOKUPS = 64;

    private final HttpRequestPlan plan;
    private final HttpExpectation expectation;
    private final @Nullable SSLContext ssl;
    private final Lookup lookup;
    private @Nullable HttpEngine engine;

    private HttpProbe(HttpRequestPlan plan, HttpExpectation expectation, @Nullable SSLContext ssl, Lookup lookup) {
        if (plan.method().equals("HEAD") && expectation.wantsBody())
            throw new IllegalArgumentException("HEAD has no body, so expectBody and healthText can not be met");
        this.plan = plan;
        this.expectation = expectation;
        this.ssl = ssl;
        this.lookup = lookup;
    }

    /**
     * A probe that sends GET.
     *
     * @param path such as {@code /health}, a query included
     * @return the probe
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public static HttpProbe get(String path) {
        HttpRequestPlan plan = new HttpRequestPlan("GET", path, 0, java.util.List.of());
        return new HttpProbe(plan, HttpExpectation.NONE, null, Lookup.SYSTEM);
    }

    /**
     * Sends HEAD instead: no body is sent back, so none can be expected.
     *
     * @return another probe
     */
    public HttpProbe head() {
        return with(new HttpRequestPlan("HEAD", plan.path(), plan.port(), plan.headers()));
    }

    /**
     * Asks at a port of its own, for servers that have one for management.
     *
     * @param port in [1, 65535]
     * @return another probe
     */
    public HttpProbe port(int port) {
        return with(plan.withPort(port));
    }

    /**
     * Sends a header.
     *
     * @param name of the header
     * @param value its value; never logged
     * @return another probe
     */
    public HttpProbe header(String name, String value) {
        return with(plan.withHeader(name, value));
    }

    /**
     * Expects texts in the body, in this order, within the {@link #window}.
     *
     * @param texts each at least one character
     * @return another probe
     */
    public HttpProbe expectBody(String... texts) {
        return with(expectation.withTexts(texts));
    }

    /**
     * Expects a header, so that another service at a reused address does not pass.
     *
     * @param name of the header
     * @param value exactly
     * @return another probe
     */
    public HttpProbe expectHeader(String name, String value) {
        return with(expectation.withHeader(name, value));
    }

    /**
     * Sets how much of the body is looked at.
     *
     * @param bytes default 1,024, at most 65,536
     * @return another probe
     */
    public HttpProbe window(int bytes) {
        return with(expectation.withWindow(bytes));
    }

    /**
     * Uses certificates and keys of your own for https.
     *
     * @param context of the JDK
     * @return another probe
     */
    public HttpProbe ssl(SSLContext context) {
        return new HttpProbe(plan, expectation, context, lookup);
    }

    /**
     * Reads health words in the first line of the body: {@code up}, {@code 75%}, {@code drain}, {@code down # disk full}.
     *
     * @return another probe
     */
    public HttpProbe healthText() {
        return with(expectation.withHealthText());
    }

    /**
     * Takes 404 for "drain me": a server that still answers but has taken its health page away.
     *
     * @return another probe
     */
    public HttpProbe drainOn404() {
        return with(expectation.withDrainOn404());
    }

    HttpProbe lookup(Lookup other) {
        return new HttpProbe(plan, expectation, ssl, other);
    }

    private HttpProbe with(HttpRequestPlan other) {
        return new HttpProbe(other, expectation, ssl, lookup);
    }

    private HttpProbe with(HttpExpectation other) {
        return new HttpProbe(plan, other, ssl, lookup);
    }

    @Override
    public CompletableFuture<ProbeResult> check(Server server, Duration timeout) {
        return ownEngine().check(server, timeout);
    }

    /** For use without a checker: with threads that end when idle, and a client that ends with this probe. */
    private synchronized HttpEngine ownEngine() {
        HttpEngine known = engine;
        if (known != null) return known;
        HttpEngine made = new HttpEngine(this, "http", OWN_LOOKUPS, null);
        engine = made;
        return made;
    }

    /** The same with sockets and threads of one checker. */
    BoundProbe bind(String name, int maxInFlight, ScheduledExecutorService scheduler) {
        return new HttpEngine(this, name, maxInFlight, scheduler);
    }

    HttpRequestPlan plan() {
        return plan;
    }

    HttpExpectation expectation() {
        return expectation;
    }

    @Nullable
    SSLContext sslContext() {
        return ssl;
    }

    Lookup lookup() {
        return lookup;
    }

    @Override
    public String toString() {
        return plan.method() + " " + plan.path();
    }
}
