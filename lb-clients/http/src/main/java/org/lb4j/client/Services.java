package org.lb4j.client;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.Selector;

/**
 * Logical hosts and the servers behind them. A request to {@code http://users/42} goes to a server of the service
 * {@code users}; a request to any other host passes through untouched.
 *
 * <pre>{@code
 * Services services = Services.builder()
 *     .service("users", users.selector(Algorithms.adaptive()))
 *     .service("orders", orders.selector(Algorithms.maglev()), service -> service
 *         .context(request -> SelectionContext.key(request.uri().getPath()))
 *         .repeatOnStatus(502, 503, 504))
 *     .build();
 * HttpClient client = BalancedHttpClient.wrap(HttpClient.newHttpClient(), services);
 * }</pre>
 */
public final class Services {
    /** The response header that names the server which answered. */
    public static final String SERVER_HEADER = "lb4j-server";

    /** The response header that counts the attempts. */
    public static final String ATTEMPTS_HEADER = "lb4j-attempts";

    private static final String ALL_METHODS = "jdk.httpclient.enableAllMethodRetry";

    private final Map<String, Service> byName;

    private Services(Map<String, Service> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Begins a set of services.
     *
     * @return its builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The service that a request is for, by its URI's authority: without user-info, in lower case, the scheme's own port the
     * same as none. The scheme is http, https, ws or wss.
     *
     * @param uri where the request goes
     * @return the service; null: another host, which is none of ours
     */
    public @Nullable Service of(URI uri) {
        String name = ServiceName.of(uri);
        return name == null ? null : byName.get(name);
    }

    /**
     * The service that a request is for, for clients that do not keep a {@link URI}.
     *
     * @param scheme http, https, ws or wss
     * @param host without user-info or port
     * @param port -1: none was given
     * @return the service; null: another host, which is none of ours
     */
    public @Nullable Service of(String scheme, String host, int port) {
        String name = ServiceName.of(scheme, host, port);
        return name == null ? null : byName.get(name);
    }

    /**
     * All services.
     *
     * @return in no order
     */
    public Collection<Service> all() {
        return byName.values();
    }

    /** Refuses services that hedge: for clients that wait for each response on the caller's thread. */
    public void requireNoHedging() {
        for (Service each : all())
            if (each.hedges())
                throw new IllegalArgumentException(
                        "service \"" + each.name() + "\" hedges, which needs an asynchronous client");
    }

    /** Refuses services with an authority: for clients that have no way to send another name than the one in the URL. */
    public void requireNoAuthority() {
        for (Service each : all())
            if (each.authority() != null)
                throw new IllegalArgumentException("service \"" + each.name() + "\" has authority " + each.authority()
                        + ", which this client can not send: give its servers by their host names");
    }

    /** Refuses the system property that makes the JDK's HTTP client repeat any request by itself. */
    public static void requireNoHiddenRepeats() {
        String value = System.getProperty(ALL_METHODS);
        if (value != null && (value.isEmpty() || Boolean.parseBoolean(value)))
            throw new IllegalArgumentException("remove -D" + ALL_METHODS + ": the JDK would repeat POSTs by itself");
    }

    @Override
    public String toString() {
        return "services " + List.copyOf(byName.keySet());
    }

    /** Builds {@link Services}. */
    public static final class Builder {
        private final Map<String, Service> byName = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a service with the defaults.
         *
         * @param name a host name, perhaps with a port
         * @param selector picks its servers
         * @return this
         * @throws IllegalArgumentException if the name is not one, or is given already
         */
        public Builder service(String name, Selector selector) {
            return service(name, selector, settings -> {});
        }

        /**
         * Adds a service.
         *
         * @param name a host name, perhaps with a port
         * @param selector picks its servers
         * @param settings what differs from the defaults
         * @return this
         * @throws IllegalArgumentException if the name is not one, or is given already
         */
        public Builder service(String name, Selector selector, Consumer<ServiceSettings> settings) {
            String checked = ServiceName.checked(name);
            if (selector == null) throw new IllegalArgumentException("selector must be given, was null");
            if (byName.containsKey(checked))
                throw new IllegalArgumentException("service \"" + checked + "\" is already given");
            ServiceSettings chosen = new ServiceSettings();
            settings.accept(chosen);
            byName.put(checked, new Service(checked, selector, chosen.settled()));
            return this;
        }

        /**
         * Builds them.
         *
         * @return the services
         */
        public Services build() {
            return new Services(byName);
        }
    }
}
