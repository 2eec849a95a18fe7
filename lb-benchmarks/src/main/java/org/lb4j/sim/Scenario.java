package org.lb4j.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A situation that contenders are put into.
 *
 * @param name what it is called on the command line
 * @param asks the question it answers
 * @param nodes all servers that ever are
 * @param clients how many balancers there are; each sees its own calls only
 * @param work of a call
 * @param traffic when calls begin
 * @param network between clients and servers
 * @param seconds for which calls begin; those in flight then are waited for
 * @param warmUp seconds at the start that are not scored
 * @param deadline milliseconds after which a client gives up; 0: never
 * @param changes of the list of servers; the first list is all, or the one at 0
 * @param fault what the report watches
 * @param judged whether it counts in the mean
 */
record Scenario(
        String name,
        String asks,
        List<Node> nodes,
        int clients,
        Distribution work,
        Traffic traffic,
        Network network,
        double seconds,
        double warmUp,
        double deadline,
        List<FleetChange> changes,
        @Nullable Fault fault,
        boolean judged) {

    static ScenarioBuilder named(String name, String asks) {
        return new ScenarioBuilder(name, asks);
    }

    boolean scored(long start) {
        return start >= warmUp * 1e9 && (fault == null || fault.scored() || !fault.at(start));
    }

    long end() {
        return Math.round(seconds * 1e9);
    }

    List<String> zones() {
        return nodes.stream().map(Node::zone).distinct().toList();
    }
}
