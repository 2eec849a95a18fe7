package org.lb4j.client.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.SelectionContext;
import org.lb4j.client.Service;
import org.lb4j.client.Services;

/** Notes what a WebSocket is to be like, since each attempt builds one of its own. */
final class SocketBuilder implements WebSocket.Builder {
    private final HttpClient client;
    private final Services services;
    private final @Nullable SelectionContext context;
    private final List<Header> headers = new ArrayList<>();
    private final List<Consumer<WebSocket.Builder>> rest = new ArrayList<>();

    SocketBuilder(HttpClient client, Services services, @Nullable SelectionContext context) {
        this.client = client;
        this.services = services;
        this.context = context;
    }

    @Override
    public WebSocket.Builder header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    @Override
    public WebSocket.Builder connectTimeout(Duration timeout) {
        rest.add(builder -> builder.connectTimeout(timeout));
        return this;
    }

    @Override
    public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
        String[] lesser = lesserPreferred.clone();
        rest.add(builder -> builder.subprotocols(mostPreferred, lesser));
        return this;
    }

    @Override
    public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
        Service service = services.of(uri);
        if (service == null) return build(uri, listener);
        return new SocketExchange(service, context, uri, this::header, (node, heard) -> build(node, heard))
                .open(listener);
    }

    private CompletableFuture<WebSocket> build(URI uri, WebSocket.Listener listener) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        headers.forEach(header -> builder.header(header.name, header.value));
        rest.forEach(setting -> setting.accept(builder));
        return builder.buildAsync(uri, listener);
    }

    private @Nullable String header(String name) {
        for (Header each : headers) if (each.name.equalsIgnoreCase(name)) return each.value;
        return null;
    }

    private record Header(String name, String value) {}
}
