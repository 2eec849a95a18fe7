/** The next, different server on failure, with a budget, so that retries never make an outage worse; and hedging. */
package org.lb4j.failover;
