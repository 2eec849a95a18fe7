/** A fleet of real servers in one process, real load on it, and what happens, live in the terminal. */
@NullMarked
package org.lb4j.examples.demo;

import org.jspecify.annotations.NullMarked;
