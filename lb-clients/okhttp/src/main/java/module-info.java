import org.jspecify.annotations.NullMarked;

/** Balanced calls with OkHttp. */
@NullMarked
module org.lb4j.client.okhttp {
    requires transitive okhttp3;
    requires transitive org.lb4j.client;
    requires okio;
    requires static org.jspecify;

    exports org.lb4j.client.okhttp;
}
