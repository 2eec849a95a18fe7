package org.lb4j.testing;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lb4j.Hold;
import org.lb4j.Server;

/**
 * Servers in few letters: {@code name[*weight][@zone][#priority][:hold]}. A name with a port is the address and the id; one
 * without is the id, and the host beside port 80.
 *
 * <pre>{@code
 * List<Server> servers = Servers.list("a*3", "b@eu-1", "c#1", "10.0.0.1:8080*2");
 * }</pre>
 *
 * <p>A hold is written as {@code :admin}, {@code :drain}, {@code :check} or {@code :outlier}; {@code :held} is
 * {@code :admin}. It is not the server's, so it is read by {@link Pools} and {@link Rosters} alone.
 */
public final class Servers {
    private static final Pattern FORM =
            Pattern.compile("(?<name>[^*@#]+?)(\\*(?<weight>\\d+))?(@(?<zone>[^#:]+))?(#(?<priority>\\d+))?"
                    + "(:(?<hold>held|admin|drain|check|outlier))?");
    private static final Pattern WITH_PORT = Pattern.compile(".*:\\d+");

    private Servers() {}

    /**
     * One server.
     *
     * @param text its short form
     * @return the server
     */
    public static Server of(String text) {
        Matcher parts = parts(text);
        String name = parts.group("name");
        Server.Builder server = WITH_PORT.matcher(name).matches()
                ? Server.builder(name)
                : Server.builder(name + ":80").id(name);
        if (parts.group("weight") != null) server.weight(Integer.parseInt(parts.group("weight")));
        if (parts.group("zone") != null) server.zone(parts.group("zone"));
        if (parts.group("priority") != null) server.priority(Integer.parseInt(parts.group("priority")));
        return server.build();
    }

    /**
     * Several servers.
     *
     * @param texts their short forms
     * @return the servers, in this order
     */
    public static List<Server> list(String... texts) {
        return Arrays.stream(texts).map(Servers::of).toList();
    }

    /**
     * Servers {@code s0}, {@code s1} and so on.
     *
     * @param count how many
     * @return the servers, in this order
     */
    public static List<Server> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> of("s" + i)).toList();
    }

    /**
     * Servers {@code s0}, {@code s1} and so on.
     *
     * @param weights one each
     * @return the servers, in this order
     */
    public static List<Server> weighing(int... weights) {
        Server[] servers = new Server[weights.length];
        for (int i = 0; i < weights.length; i++) servers[i] = of("s" + i + "*" + weights[i]);
        return List.of(servers);
    }

    /** What the short form says of a hold; null: nothing. */
    static @Nullable Hold hold(String text) {
        String hold = parts(text).group("hold");
        if (hold == null) return null;
        return switch (hold) {
            case "drain" -> Hold.DRAIN;
            case "check" -> Hold.CHECK;
            case "outlier" -> Hold.OUTLIER;
            default -> Hold.ADMIN;
        };
    }

    private static Matcher parts(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches())
            throw new IllegalArgumentException("server must be name[*weight][@zone][#priority][:hold], was " + text);
        return parts;
    }
}
