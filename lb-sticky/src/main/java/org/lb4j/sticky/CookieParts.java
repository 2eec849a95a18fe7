package org.lb4j.sticky;

import org.jspecify.annotations.Nullable;
import org.lb4j.Selector;

/**
 * What the visits with cookies share.
 *
 * @param standIns chooses by a session's key who stands in for its server; null: sessions do not go home
 */
record CookieParts(
        Judge judge, Outcomes outcomes, Mint mint, @Nullable Selector standIns) {}
