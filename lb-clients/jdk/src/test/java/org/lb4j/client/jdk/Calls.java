package org.lb4j.client.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.lb4j.client.Services;

/** What most tests call, and with what. */
final class Calls {
    static final URI USERS = URI.create("http://users/42");

    private Calls() {}

    static HttpRequest get() {
        return HttpRequest.newBuilder(USERS).build();
    }

    static HttpRequest post() {
        return HttpRequest.newBuilder(USERS).POST(BodyPublishers.ofString("x")).build();
    }

    static HttpClient wrap(Services services) {
        HttpClient bare =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return BalancedHttpClient.wrap(bare, services);
    }
}
