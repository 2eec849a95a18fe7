import org.jspecify.annotations.NullMarked;

/** Who may be used right now: active probes, and outlier detection from real calls. */
@NullMarked
module org.lb4j.health {
    requires static org.jspecify;
    requires transitive org.lb4j;
    requires java.net.http;
    requires org.slf4j;

    exports org.lb4j.health;
}
