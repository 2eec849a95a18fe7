/** The benchmarks, and the command line of both tools. */
@NullMarked
package org.lb4j.bench;

import org.jspecify.annotations.NullMarked;
