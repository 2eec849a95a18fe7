package org.lb4j.client;

/**
 * When a call is no longer in flight.
 *
 * <pre>{@code
 * Services streams = Services.builder()
 *     .service("events", selector, service -> service.inFlightUntil(InFlightUntil.HEADERS))
 *     .build();
 * }</pre>
 */
public enum InFlightUntil {
    /** When its body was read, closed or given up. */
    BODY_END,
    /** When its head has come: for services made of endless streams. */
    HEADERS
}
