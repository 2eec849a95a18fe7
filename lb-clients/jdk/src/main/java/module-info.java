import org.jspecify.annotations.NullMarked;

/** Balanced calls with the HTTP client of the JDK. */
@NullMarked
module org.lb4j.client.jdk {
    requires transitive java.net.http;
    requires transitive org.lb4j.client;
    requires static org.jspecify;

    exports org.lb4j.client.jdk;
}
