package org.lb4j.bench.peers;

import com.twitter.finagle.Address;
import com.twitter.finagle.ClientConnection;
import com.twitter.finagle.NoBrokersAvailableException;
import com.twitter.finagle.Service;
import com.twitter.finagle.ServiceFactory;
import com.twitter.finagle.Stack;
import com.twitter.finagle.loadbalancer.Balancers;
import com.twitter.finagle.loadbalancer.EndpointFactory;
import com.twitter.finagle.loadbalancer.LazyEndpointFactory;
import com.twitter.finagle.loadbalancer.LoadBalancerFactory;
import com.twitter.util.Activity;
import com.twitter.util.Future;
import java.util.List;
import org.lb4j.Server;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.VectorBuilder;

/** Balancers of Finagle over endpoints that are open and serve nothing. */
final class Finagle implements Calls<Service<Object, Object>> {
    private final ServiceFactory<Object, Object> balancer;

    private Finagle(LoadBalancerFactory factory, List<Server> servers) {
        VectorBuilder<EndpointFactory<Object, Object>> endpoints = new VectorBuilder<>();
        for (Server server : servers) endpoints.addOne(endpoint(server));
        IndexedSeq<EndpointFactory<Object, Object>> all = endpoints.result();
        balancer = factory.newBalancer(
                Activity.value(all), new NoBrokersAvailableException("service"), Stack.Params$.MODULE$.empty());
    }

    private static EndpointFactory<Object, Object> endpoint(Server server) {
        Service<Object, Object> service = Service.constant(Future.value(server));
        return new LazyEndpointFactory<>(
                () -> ServiceFactory.constant(service), Address.apply(server.host(), server.port()));
    }

    static LoadBalancerFactory powerOfTwo() {
        return Balancers.p2c(Balancers.p2c$default$1());
    }

    static LoadBalancerFactory heap() {
        return Balancers.heap(Balancers.heap$default$1());
    }

    static LoadBalancerFactory peakEwma() {
        return Balancers.p2cPeakEwma(Balancers.p2cPeakEwma$default$1(), Balancers.p2cPeakEwma$default$2());
    }

    static Pick call(LoadBalancerFactory factory, List<Server> servers) {
        return Calls.whole(servers.size(), new Finagle(factory, servers));
    }

    @Override
    public Service<Object, Object> begin() {
        return balancer.apply(ClientConnection.nil()).poll().get().get();
    }

    @Override
    public void end(Service<Object, Object> session) {
        var unused = session.close();
    }
}
