package org.lb4j.client.apache;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.lb4j.client.Service;
import org.lb4j.client.Services;

/** Takes the calls of a classic client that are for a service. */
record Balancer(Services services) implements ExecChainHandler {
    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpHost host = scope.route.getTargetHost();
        Service service = services.of(host.getSchemeName(), host.getHostName(), host.getPort());
        if (service != null) return new Exchange(service, request, scope, chain).run();
        Watch.leave(scope.clientContext);
        return chain.proceed(request, scope);
    }
}
