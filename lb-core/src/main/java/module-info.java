import org.jspecify.annotations.NullMarked;

/** Servers, pools, selectors and the algorithms that choose. */
@NullMarked
module org.lb4j {
    requires static java.naming; // for Sources.srv alone, which says so if it is not there
    requires static org.jspecify;

    exports org.lb4j;
    exports org.lb4j.algorithm;
    exports org.lb4j.failover;
    exports org.lb4j.hash;
    exports org.lb4j.load;
    exports org.lb4j.shape;
    exports org.lb4j.source;
}
