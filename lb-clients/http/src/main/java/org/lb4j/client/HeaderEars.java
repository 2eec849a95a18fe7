package org.lb4j.client;

import java.util.Map;
import java.util.function.BiConsumer;
import org.lb4j.Lease;
import org.lb4j.Server;

/** Who listens to response headers: the load report, and what the user asked for. */
record HeaderEars(boolean loadReports, Map<String, BiConsumer<Server, String>> listeners) {
    private static final String REPORT = "endpoint-load-metrics";

    void hear(Lease lease, ResponseHead response) {
        String report = loadReports ? response.header(REPORT) : null;
        if (report != null) lease.report(report);
        listeners.forEach((name, listener) -> {
            String value = response.header(name);
            if (value != null) tell(listener, lease.server(), value);
        });
    }

    private static void tell(BiConsumer<Server, String> listener, Server server, String value) {
        try {
            listener.accept(server, value);
        } catch (Exception | Error ignored) {
            // a listener must not fail the call that it listens to
        }
    }
}
