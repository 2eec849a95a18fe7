package org.lb4j.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.lb4j.Server;

/**
 * The SRV records of a service, asked through JNDI.
 *
 * @param nameServer {@code host} or {@code host:port}; empty: the system's
 */
record SrvLookup(String service, String nameServer) implements Callable<Collection<Server>> {
    /** In the module java.naming, as are all those above; its provider is in jdk.naming.dns and is found by its name. */
    private static final String API = "javax.naming.directory.InitialDirContext";

    private static final String PROVIDER = "com.sun.jndi.dns.DnsContextFactory";

    static void checkModules() {
        boolean there;
        try {
            Class.forName(API, false, SrvLookup.class.getClassLoader());
            there = ModuleLayer.boot().findModule("jdk.naming.dns").isPresent();
        } catch (ClassNotFoundException notInTheImage) {
            there = false;
        }
        if (!there)
            throw new IllegalStateException(
                    "SRV needs the modules java.naming and jdk.naming.dns: add --add-modules java.naming,jdk.naming.dns");
    }

    /** JNDI takes a name that looks like a URL to another place, so none that does gets there. */
    SrvLookup {
        checkName("SRV name", service, false);
        if (!nameServer.isEmpty()) checkName("name server", nameServer, true);
    }

    private static void checkName(String what, String name, boolean port) {
        boolean plain = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean word = c < 128 && Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
            plain &= word || port && (c == ':' || c == '[' || c == ']');
        }
        if (!plain) throw new IllegalArgumentException(what + " must be a DNS name, was \"" + name + "\"");
    }

    @Override
    @SuppressWarnings("BanJNDI") // the name is plain and the provider is DNS: it reads texts and makes no objects
    public Collection<Server> call() throws NamingException {
        Properties settings = new Properties();
        settings.setProperty(Context.INITIAL_CONTEXT_FACTORY, PROVIDER);
        settings.setProperty(Context.PROVIDER_URL, "dns://" + nameServer + (nameServer.isEmpty() ? "" : "/"));
        settings.setProperty("com.sun.jndi.dns.recursion", "true");
        DirContext dns = new InitialDirContext(settings);
        try {
            Attribute records = dns.getAttributes(service, new String[] {"SRV"}).get("SRV");
            return records == null ? List.of() : servers(texts(records));
        } finally {
            dns.close();
        }
    }

    private static List<String> texts(Attribute records) throws NamingException {
        List<String> texts = new ArrayList<>();
        NamingEnumeration<?> each = records.getAll();
        while (each.hasMore()) texts.add(String.valueOf(each.next()));
        return texts;
    }

    /** Records such as {@code 0 5 8080 a.example.}. */
    static List<Server> servers(List<String> records) {
        List<String[]> parts = new ArrayList<>();
        boolean anyZero = false;
        boolean anyWeight = false;
        for (String record : records) {
            String[] fields = record.trim().split(" +", -1);
            if (fields.length != 4)
                throw new IllegalArgumentException(
                        "SRV record must be priority, weight, port and target, was \"" + record + "\"");
            if (fields[3].equals(".")) continue; // "decidedly not available here" (RFC 2782)
            anyZero |= fields[1].equals("0");
            anyWeight |= !fields[1].equals("0");
            parts.add(fields);
        }
        // A weight of 0 beside others means "seldom" in SRV and "never" here, so all are raised by a digit.
        int scale = anyZero && anyWeight ? 10 : 1;
        List<Server> servers = new ArrayList<>();
        for (String[] fields : parts) servers.add(server(fields, scale));
        servers.sort(Comparator.comparingInt(Server::priority).thenComparing(Server::id));
        return Collections.unmodifiableList(servers);
    }

    private static Server server(String[] fields, int scale) {
        String host = fields[3].endsWith(".") ? fields[3].substring(0, fields[3].length() - 1) : fields[3];
        return Server.builder(host + ":" + fields[2])
                .priority(Integer.parseInt(fields[0]))
                .weight(Math.max(1, Integer.parseInt(fields[1]) * scale))
                .build();
    }
}
