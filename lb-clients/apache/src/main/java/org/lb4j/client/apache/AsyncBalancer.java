package org.lb4j.client.apache;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Service;
import org.lb4j.client.Services;

/** Takes the calls of an asynchronous client that are for a service. */
record AsyncBalancer(Services services) implements AsyncExecChainHandler {
    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        HttpHost host = scope.route.getTargetHost();
        Service service = services.of(host.getSchemeName(), host.getHostName(), host.getPort());
        if (service != null) {
            new AsyncExchange(service, request, body, scope, chain, callback).run();
        } else {
            Watch.leave(scope.clientContext);
            chain.proceed(request, body, scope, callback);
        }
    }
}
