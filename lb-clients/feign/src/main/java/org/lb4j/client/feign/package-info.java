/** Balanced calls with Feign, whatever its client. */
@NullMarked
package org.lb4j.client.feign;

import org.jspecify.annotations.NullMarked;
