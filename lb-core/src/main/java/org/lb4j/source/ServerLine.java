package org.lb4j.source;

import org.lb4j.Server;

/** A server in one line: {@code http://10.0.0.2:8080 weight=3 zone=eu-1 priority=1 id=b tag.route=node2}. */
final class ServerLine {
    private static final String TAG = "tag.";

    private ServerLine() {}

    static Server parse(String line) {
        String[] words = line.split("\\s+", -1);
        Server.Builder server = Server.builder(words[0]);
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1) throw new IllegalArgumentException("setting must be name=value, was \"" + words[i] + "\"");
            set(server, words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return server.build();
    }

    private static void set(Server.Builder server, String name, String value) {
        if (name.startsWith(TAG)) {
            server.tag(name.substring(TAG.length()), value);
            return;
        }
        switch (name) {
            case "id" -> server.id(value);
            case "weight" -> server.weight(number(name, value));
            case "zone" -> server.zone(value);
            case "priority" -> server.priority(number(name, value));
            default ->
                throw new IllegalArgumentException(
                        "setting must be id, weight, zone, priority or tag.<name>, was \"" + name + "\"");
        }
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(name + " must be a whole number, was \"" + value + "\"", wrong);
        }
    }
}
