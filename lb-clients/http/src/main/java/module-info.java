import org.jspecify.annotations.NullMarked;

/** What the wrappers of HTTP clients share. */
@NullMarked
module org.lb4j.client {
    requires transitive org.lb4j;
    requires static org.jspecify;

    exports org.lb4j.client;
}
