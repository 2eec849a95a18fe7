package org.lb4j.client;

import org.jspecify.annotations.Nullable;

/**
 * A response as far as it says something about the server. For adapters.
 *
 * <pre>{@code
 * if (service.instead(attempt, head) == null) service.deliver(attempt, head).ended();
 * }</pre>
 */
public interface ResponseHead {
    /**
     * Its status.
     *
     * @return such as 200
     */
    int status();

    /**
     * One of its headers.
     *
     * @param name in any case
     * @return the first value; null: none
     */
    @Nullable
    String header(String name);
}
