package org.lb4j.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request as far as the choice of a server depends on it.
 *
 * <pre>{@code
 * service.context(request -> SelectionContext.key(request.header("X-Session")));
 * }</pre>
 */
public interface RequestHead {
    /**
     * Its method.
     *
     * @return in upper case
     */
    String method();

    /**
     * Where it was sent to, with the logical host.
     *
     * @return the URI
     */
    URI uri();

    /**
     * One of its headers.
     *
     * @param name in any case
     * @return the first value; null: none
     */
    @Nullable
    String header(String name);
}
