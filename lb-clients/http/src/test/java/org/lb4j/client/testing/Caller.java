package org.lb4j.client.testing;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** A client under test, as {@link TroubleContract} uses it: by many threads at once. */
@FunctionalInterface
public interface Caller {
    /**
     * Sends a request and reads its answer. A POST or PUT has the body {@code x}.
     *
     * @param method such as GET
     * @param uri of a service
     * @return the answer, whatever its status
     * @throws Exception if there is none
     */
    Reply send(String method, URI uri) throws Exception;

    /**
     * What a call brought.
     *
     * @param status of it
     * @param body of it
     * @param headers asked by name
     */
    record Reply(int status, String body, Function<String, List<String>> headers) {}
}
