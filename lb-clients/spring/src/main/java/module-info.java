import org.jspecify.annotations.NullMarked;

/** Balanced calls with Spring's RestClient, RestTemplate and WebClient. Who has no WebClient needs neither it nor Reactor. */
@NullMarked
module org.lb4j.client.spring {
    requires transitive org.lb4j.client;
    requires transitive spring.core;
    requires transitive spring.web;
    requires static org.jspecify;
    requires static org.reactivestreams;
    requires static reactor.core;
    requires static spring.webflux;

    exports org.lb4j.client.spring;
}
