package org.lb4j.bench.peers;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import java.util.List;
import java.util.stream.IntStream;

/** Endpoint groups of Armeria. */
final class Armeria {
    private Armeria() {}

    static Pick of(EndpointSelectionStrategy strategy, int size) {
        List<Endpoint> endpoints = IntStream.range(0, size)
                .mapToObj(i -> Endpoint.of("10.0." + (i >> 8) + "." + (i & 255), 8080))
                .toList();
        EndpointGroup group = EndpointGroup.of(strategy, endpoints);
        return key -> group.selectNow(null);
    }
}
