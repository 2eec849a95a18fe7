package org.lb4j;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server: who it is and where. An immutable value; what changes while it runs is in {@link Member}.
 *
 * <pre>{@code
 * Server a = Server.of("http://10.0.0.7:8080");
 * Server b = Server.of("[2001:db8::7]:443");
 * Server c = Server.builder("https://c.example").id("c").weight(3).zone("eu-1").priority(1).tag("route", "node3").build();
 * }</pre>
 */
public final class Server {
    /** The largest weight. */
    private static final int MAX_WEIGHT = 1_000_000;

    private final Address address;
    private final String id;
    private final String hostPort;
    private final int weight;
    private final String zone;
    private final int priority;
    private final Map<String, String> tags;

    private Server(Address address, String id, int weight, String zone, int priority, Map<String, String> tags) {
        this.address = address;
        this.id = id;
        this.hostPort = address.hostPort();
        this.weight = weight;
        this.zone = zone;
        this.priority = priority;
        this.tags = tags;
    }

    /**
     * The server at an address: {@code http://10.0.0.7:8080}, {@code 10.0.0.7:8080}, {@code https://a.example},
     * {@code [2001:db8::7]:443}. A port, or a scheme that has one (http 80, https 443), must be given.
     *
     * @param address {@code [scheme://]host[:port]}
     * @return the server, with id {@code host:port} and weight 1
     * @throws IllegalArgumentException if the address can not be read
     */
    public static Server of(String address) {
        return builder(address).build();
    }

    /**
     * The server at a host and port.
     *
     * @param host a name or an IP literal; an IPv6 one with or without brackets
     * @param port in [1, 65535]
     * @return the server, with id {@code host:port} and weight 1
     * @throws IllegalArgumentException if either is not valid
     */
    public static Server of(String host, int port) {
        return new Builder(Address.of(host, port)).build();
    }

    /**
     * Begins a server with more than an address.
     *
     * @param address as in {@link #of(String)}
     * @return its builder
     * @throws IllegalArgumentException if the address can not be read
     */
    public static Builder builder(String address) {
        return new Builder(Address.parse(address));
    }

    /**
     * What names this server everywhere: {@code host:port} unless given.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * The host, in lower case, an IPv6 literal without brackets.
     *
     * @return a name or an IP literal
     */
    public String host() {
        return address.host();
    }

    /**
     * The port.
     *
     * @return in [1, 65535]
     */
    public int port() {
        return address.port();
    }

    /**
     * The scheme its address named, in lower case.
     *
     * @return the scheme; null if none was named
     */
    public @Nullable String scheme() {
        return address.scheme();
    }

    /**
     * Host and port in one text, an IPv6 literal in brackets: what the hash algorithms hash.
     *
     * @return {@code host:port}
     */
    public String hostPort() {
        return hostPort;
    }

    /**
     * Its share of traffic relative to the others. 0: no new traffic.
     *
     * @return in [0, 1000000]
     */
    public int weight() {
        return weight;
    }

    /**
     * The zone it stands in; matters under {@code Shapers.zone} only.
     *
     * @return the zone; empty if none was given
     */
    public String zone() {
        return zone;
    }

    /**
     * Its tier: lower numbers are used first, the next tier when too little of this one is well.
     *
     * @return 0 or more
     */
    public int priority() {
        return priority;
    }

    /**
     * Whatever else is known of it. lb4j reads {@code slot}, {@code hash_key} and {@code route}.
     *
     * @return an unmodifiable map, in order of the names
     */
    public Map<String, String> tags() {
        return tags;
    }

    /**
     * Where it is, as a URI without a path; http if its address named no scheme.
     *
     * @return such as {@code http://10.0.0.7:8080}
     */
    public URI uri() {
        return URI.create(root());
    }

    /**
     * The URI of something on this server.
     *
     * @param pathAndQuery begins with {@code /} or {@code ?}, or is empty; already escaped, taken as it is
     * @return such as {@code http://10.0.0.7:8080/users/42}
     * @throws IllegalArgumentException if it begins otherwise or is not legal in a URI
     */
    public URI resolve(String pathAndQuery) {
        boolean fits = pathAndQuery.isEmpty() || pathAndQuery.charAt(0) == '/' || pathAndQuery.charAt(0) == '?';
        if (!fits)
            throw new IllegalArgumentException(
                    "path must begin with / or ?, was \"" + Address.printable(pathAndQuery) + "\"");
        String slash = pathAndQuery.startsWith("/") ? "" : "/";
        return URI.create(root() + slash + pathAndQuery);
    }

    private String root() {
        return (scheme() == null ? "http" : scheme()) + "://" + hostPort;
    }

    /**
     * The same server with another weight.
     *
     * @param weight in [0, 1000000]
     * @return a copy, or this one if the weight is the same
     * @throws IllegalArgumentException if the weight is outside
     */
    public Server withWeight(int weight) {
        return weight == this.weight ? this : new Server(address, id, checkWeight(weight), zone, priority, tags);
    }

    /** Whether the other one is at the same place: host, port and scheme. */
    boolean sameAddress(Server other) {
        return address.equals(other.address);
    }

    private static int checkWeight(int weight) {
        if (weight < 0 || weight > MAX_WEIGHT)
            throw new IllegalArgumentException("weight must be in [0, " + MAX_WEIGHT + "], was " + weight);
        return weight;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Server that
                && id.equals(that.id)
                && address.equals(that.address)
                && weight == that.weight
                && zone.equals(that.zone)
                && priority == that.priority
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, address, weight);
    }

    /** The address, and what differs from the defaults: {@code http://10.0.0.7:8080 (id a, weight 3)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!id.equals(hostPort)) text.append(", id ").append(id);
        if (weight != 1) text.append(", weight ").append(weight);
        if (!zone.isEmpty()) text.append(", zone ").append(zone);
        if (priority != 0) text.append(", priority ").append(priority);
        if (!tags.isEmpty()) text.append(", tags ").append(tags);
        String where = scheme() == null ? hostPort : root();
        return text.length() == 0 ? where : where + " (" + text.substring(2) + ")";
    }

    /** Builds a {@link Server}. */
    public static final class Builder {
        private final Address address;
        private final Map<String, String> tags = new TreeMap<>();
        private String id;
        private String zone = "";
        private int weight = 1;
        private int priority;

        private Builder(Address address) {
            this.address = address;
            this.id = address.hostPort();
        }

        /**
         * Names the server; default {@code host:port}. A stable id keeps sticky sessions when the address changes.
         *
         * @param id not empty, without control characters
         * @return this
         * @throws IllegalArgumentException if it is empty or has a control character
         */
        public Builder id(String id) {
            this.id = clean("server id", id);
            if (id.isEmpty()) throw new IllegalArgumentException("server id must not be empty");
            return this;
        }

        /**
         * Sets the weight; default 1.
         *
         * @param weight in [0, 1000000]; 0: no new traffic
         * @return this
         * @throws IllegalArgumentException if it is outside
         */
        public Builder weight(int weight) {
            this.weight = checkWeight(weight);
            return this;
        }

        /**
         * Sets the zone; default none.
         *
         * @param zone any text without control characters
         * @return this
         */
        public Builder zone(String zone) {
            this.zone = clean("zone", zone);
            return this;
        }

        /**
         * Sets the tier; default 0, which is used first.
         *
         * @param priority 0 or more
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder priority(int priority) {
            if (priority < 0) throw new IllegalArgumentException("priority must be at least 0, was " + priority);
            this.priority = priority;
            return this;
        }

        /**
         * Adds a tag.
         *
         * @param name its name
         * @param value its value; replaces an earlier one
         * @return this
         */
        public Builder tag(String name, String value) {
            tags.put(clean("tag name", name), clean("tag value", value));
            return this;
        }

        /**
         * Builds the server.
         *
         * @return the server
         */
        public Server build() {
            return new Server(address, id, weight, zone, priority, Collections.unmodifiableMap(new TreeMap<>(tags)));
        }

        private static String clean(String what, @Nullable String text) {
            if (text == null) throw new IllegalArgumentException(what + " must be given, was null");
            for (int i = 0; i < text.length(); i++)
                if (Character.isISOControl(text.charAt(i)))
                    throw new IllegalArgumentException(
                            what + " must have no control characters, was \"" + Address.printable(text) + "\"");
            return text;
        }
    }
}
