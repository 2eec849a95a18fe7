import org.jspecify.annotations.NullMarked;

/** Balanced calls with Apache HttpClient. */
@NullMarked
module org.lb4j.client.apache {
    requires transitive org.apache.httpcomponents.client5.httpclient5;
    requires transitive org.apache.httpcomponents.core5.httpcore5;
    requires transitive org.lb4j.client;
    requires static org.jspecify;

    exports org.lb4j.client.apache;
}
