/**
 * The same server again. Stickiness is a preference, not an algorithm: this package turns a cookie, a session key or a route
 * suffix into a {@link org.lb4j.SelectionContext}, any selector picks, and afterwards it says what happened and what to
 * send. It never picks, never connects, and never turns text from a client into an address.
 *
 * <pre>{@code
 * StickyCookie cookies = StickyCookie.builder(pool).key(secret).build();       // at start
 *
 * StickyVisit visit = cookies.read(request.headers("Cookie"));                 // for each request
 * try (Lease lease = selector.acquire(visit.context())) {
 *     Response response = call(lease.server());
 *     lease.success();
 *     Settled settled = visit.settle(lease.server());
 *     if (settled.setCookie() != null) response.addHeader("Set-Cookie", settled.setCookie());
 * }
 * }</pre>
 */
package org.lb4j.sticky;
