package org.lb4j.client.okhttp;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.lb4j.client.Service;
import org.lb4j.client.Services;

/** Takes the calls that are for a service. */
final class Balancer implements Interceptor {
    private final Services services;

    Balancer(Services services) {
        this.services = services;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        HttpUrl url = request.url();
        Service service = services.of(url.scheme(), url.host(), url.port());
        if (service == null) return chain.proceed(request);
        Watch watch = new Watch(request.body());
        chain.call().addEventListener(watch);
        return new Exchange(chain, service, watch).run();
    }
}
