/** Small, complete programs: a gateway with sticky cookies, a client with fail-over, an algorithm of one's own. */
@NullMarked
package org.lb4j.examples;

import org.jspecify.annotations.NullMarked;
