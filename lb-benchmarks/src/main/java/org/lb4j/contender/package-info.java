/** What is measured, by both tools: by the benchmarks for its cost, by the simulator for its quality. */
@NullMarked
package org.lb4j.contender;

import org.jspecify.annotations.NullMarked;
