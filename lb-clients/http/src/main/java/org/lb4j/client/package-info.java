/** Services: logical hosts that stand for pools, and what a response says of the server that gave it. */
package org.lb4j.client;
