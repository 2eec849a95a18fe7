package org.lb4j.client.feign;

import feign.AsyncClient;
import feign.Client;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What AsyncFeign takes if no client is set: HttpURLConnection on daemon threads. Made when it is first needed. */
final class AsyncDefault {
    @SuppressWarnings("deprecation") // their new names are not in older versions
    static final AsyncClient<Object> CLIENT = new AsyncClient.Default<>(new Client.Default(null, null), threads());

    private AsyncDefault() {}

    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "lb4j feign");
            thread.setDaemon(true);
            return thread;
        });
    }
}
