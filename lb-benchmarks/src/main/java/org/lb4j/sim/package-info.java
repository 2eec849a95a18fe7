/**
 * The simulator: how good a pick is. Clients, a network, servers with slots and queues, in virtual time; the selectors are
 * the production ones. Two runs with one seed are identical to the byte.
 */
@NullMarked
package org.lb4j.sim;

import org.jspecify.annotations.NullMarked;
