package org.lb4j.sim;

import java.util.List;
import org.lb4j.Server;

/**
 * What a client is given.
 *
 * @param servers the first list
 * @param clients how many clients there are
 * @param events its clock
 * @param seed of its chance
 * @param machines all servers that ever are, for reference contenders that the servers themselves inform
 */
record Seat(List<Server> servers, int clients, Events events, long seed, List<Machine> machines) {}
