package org.lb4j.health;

import org.lb4j.Server;

/**
 * How one server stands with its detector: for people and metrics, see {@link OutlierDetector#status()}.
 *
 * <pre>{@code
 * try (OutlierDetector detector = OutlierDetector.start(pool)) {
 *     for (OutlierStatus each : detector.status()) System.out.println(each);
 * }
 * }</pre>
 *
 * @param server the server
 * @param ejected whether it is out, on trial included
 * @param onTrial whether one call at a time may try it
 * @param until when its last ejection ends or ended, by the pool's ticker
 * @param evidence why it was ejected last; empty: it never was
 * @param calls in the window of ten seconds
 * @param failures among them
 */
public record OutlierStatus(
        Server server, boolean ejected, boolean onTrial, long until, String evidence, long calls, long failures) {}
