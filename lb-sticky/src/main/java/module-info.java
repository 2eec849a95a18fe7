import org.jspecify.annotations.NullMarked;

/** The same server again: signed cookies, session keys, route suffixes. */
@NullMarked
module org.lb4j.sticky {
    requires transitive org.lb4j;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.lb4j.sticky;
}
