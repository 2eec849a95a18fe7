package org.lb4j.client.jdk;

import java.net.http.HttpClient;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import org.lb4j.client.Service;

/** What a client must not do behind the wrapper's back. */
final class Checks {
    private Checks() {}

    /** The name that IP servers show in TLS is a setting of the JDK's client, not of a request. */
    static void authority(Service service, HttpClient client) {
        String wanted = service.authority();
        if (wanted == null) return;
        List<SNIServerName> names = client.sslParameters().getServerNames();
        if (names == null || !names.contains(new SNIHostName(wanted)))
            throw new IllegalArgumentException("service \"" + service.name() + "\" has authority " + wanted
                    + ", which the client does not send: make it with BalancedHttpClient.tls(builder, context, \""
                    + wanted + "\")");
    }
}
