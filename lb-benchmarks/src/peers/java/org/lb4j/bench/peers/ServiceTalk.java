package org.lb4j.bench.peers;

import io.servicetalk.client.api.RequestTracker;
import io.servicetalk.loadbalancer.LoadBalancingPolicies;
import io.servicetalk.loadbalancer.ServiceTalkSelector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lb4j.Server;

/** Selectors of ServiceTalk. */
final class ServiceTalk implements Calls<ServiceTalk.Request> {
    private static final long LATENCY =
            TimeUnit.MILLISECONDS.toNanos(2); // it measures in milliseconds, and 0 is unknown

    private final ServiceTalkSelector selector;

    private ServiceTalk(ServiceTalkSelector selector) {
        this.selector = selector;
    }

    static Pick roundRobin(List<Server> servers) {
        ServiceTalkSelector selector =
                new ServiceTalkSelector(LoadBalancingPolicies.roundRobin().build(), servers);
        return key -> selector.pick();
    }

    static Pick powerOfTwo(List<Server> servers) {
        ServiceTalk aware = aware(servers);
        Calls.warm(servers.size(), aware);
        return key -> aware.selector.pick();
    }

    static Pick powerOfTwoCall(List<Server> servers) {
        return Calls.whole(servers.size(), aware(servers));
    }

    private static ServiceTalk aware(List<Server> servers) {
        return new ServiceTalk(
                new ServiceTalkSelector(LoadBalancingPolicies.p2c().build(), servers));
    }

    @Override
    public Request begin() {
        Request request = new Request();
        selector.pick(connection -> request.begin(connection.tracker()));
        return request;
    }

    @Override
    public void end(Request request) {
        request.tracker.onRequestSuccess(request.begun - LATENCY);
    }

    /** A request in flight. */
    static final class Request {
        private RequestTracker tracker;
        private long begun;

        private void begin(RequestTracker host) {
            tracker = host;
            begun = host.beforeRequestStart();
        }
    }
}
