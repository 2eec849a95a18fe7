package org.lb4j.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.LoadBalancer.PickResult;
import io.servicetalk.concurrent.api.Single;
import io.smallrye.stork.api.ServiceInstance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.bench.Keys;

/** With {@code -Ppeers} only: a peer that is not set up as it should be would be measured all the same. */
class PeerTest {
    @ParameterizedTest
    @EnumSource
    void everyPeerPicksAServer(Peer peer) throws Exception {
        Pick pick = peer.make(10);
        for (String key : Keys.all()) assertThat(server(pick.pick(key))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*_WEIGHTED")
    void aWeightedPeerGivesEachServerItsShare(Peer peer) throws Exception {
        Pick pick = peer.make(10);
        Map<Object, Integer> picks = new HashMap<>();
        for (int i = 0; i < 30_000; i++) picks.merge(server(pick.pick("")), 1, Integer::sum);
        List<Integer> sorted = picks.values().stream().sorted().toList();
        assertThat(sorted).hasSize(10);
        // weights 1 to 5, two servers each; a random one may be nine standard deviations off
        for (int i = 0; i < 10; i++) assertThat(sorted.get(i)).isCloseTo(1000 * (1 + i / 2), within(600));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "VERTX_ROUND_ROBIN",
                "GRPC_ROUND_ROBIN",
                "SERVICETALK_ROUND_ROBIN",
                "GRPC_RING_HASH",
                "STORK_LEAST_RESPONSE_TIME_CALL"
            })
    void allServersAreThere(Peer peer) throws Exception {
        Pick pick = peer.make(10);
        Map<Object, Integer> picks = new HashMap<>();
        for (String key : Keys.all()) picks.merge(server(pick.pick(key)), 1, Integer::sum);
        assertThat(picks).hasSize(10);
    }

    /** Who was picked: what two picks of one server have in common. */
    private static Object server(Object picked) throws Exception {
        if (picked instanceof PickResult result) return result.getSubchannel().getAllAddresses();
        if (picked instanceof Single<?> single) return single.toFuture().get();
        if (picked instanceof ServiceInstance instance) return instance.getId();
        return picked;
    }
}
