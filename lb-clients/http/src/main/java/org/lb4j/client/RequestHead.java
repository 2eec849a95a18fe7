package org.lb4j.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request as far as the choice of a server depends on it.
 *
 * <pre>{@code
 * Services services = Services.builder()
 *     .service("carts", selector, cart -> cart.context(request -> SelectionContext.key(request.uri().getPath())))
 *     .build();
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
