/** Servers, pools, selectors and leases: all that a call needs, and what algorithms, loads and shapers are made of. */
package org.lb4j;
