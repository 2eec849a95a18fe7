package io.grpc.util;

import io.grpc.LoadBalancer.FixedResultPicker;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.SubchannelPicker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The door to gRPC's own picker, which its package keeps to itself. */
public final class GrpcRoundRobin {
    private GrpcRoundRobin() {}

    /**
     * The picker that a channel asks once a call.
     *
     * @param size ready subchannels
     * @return the picker
     */
    public static SubchannelPicker picker(int size) {
        List<SubchannelPicker> ready = new ArrayList<>();
        for (int i = 0; i < size; i++) ready.add(new FixedResultPicker(PickResult.withNoResult()));
        return new RoundRobinLoadBalancer.ReadyPicker(ready, new AtomicInteger());
    }
}
