package org.lb4j.bench.peers;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.RpcStatus;
import org.apache.dubbo.rpc.cluster.LoadBalance;
import org.apache.dubbo.rpc.cluster.loadbalance.ShortestResponseLoadBalance;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.lb4j.Server;
import org.lb4j.bench.Keys;

/** Load balances of Dubbo over invokers that invoke nothing. */
final class Dubbo implements Calls<Invoker<Object>> {
    private static final String SERVICE = "org.lb4j.Service";
    private static final String METHOD = "call";

    private final LoadBalance balance;
    private final List<Invoker<Object>> invokers;
    private final URL url;
    private final Invocation invocation = invocation("");

    private Dubbo(LoadBalance balance, List<Server> servers) {
        this(balance, servers, true); // a weight that has to be looked for in vain takes longer than one that is there
    }

    private Dubbo(LoadBalance balance, List<Server> servers, boolean weighted) {
        this.balance = balance;
        this.invokers = servers.stream()
                .<Invoker<Object>>map(server -> new Callee(weighted ? weighted(server) : url(server)))
                .toList();
        this.url = invokers.get(0).getUrl();
    }

    private static URL url(Server server) {
        return new URL("dubbo", server.host(), server.port(), SERVICE);
    }

    private static URL weighted(Server server) {
        return url(server).addParameter("weight", 100 * server.weight());
    }

    private static Invocation invocation(String key) {
        return new RpcInvocation(null, METHOD, SERVICE, SERVICE, new Class<?>[] {String.class}, new Object[] {key});
    }

    static LoadBalance shortestResponse() {
        ShortestResponseLoadBalance balance = new ShortestResponseLoadBalance();
        balance.setApplicationModel(ApplicationModel.defaultModel());
        return balance;
    }

    static Pick blind(LoadBalance balance, List<Server> servers) {
        Dubbo dubbo = new Dubbo(balance, servers);
        return key -> dubbo.select(dubbo.invocation);
    }

    static Pick unweighted(LoadBalance balance, List<Server> servers) {
        Dubbo dubbo = new Dubbo(balance, servers, false);
        return key -> dubbo.select(dubbo.invocation);
    }

    static Pick aware(LoadBalance balance, List<Server> servers) {
        Dubbo dubbo = new Dubbo(balance, servers);
        Calls.warm(servers.size(), dubbo);
        return key -> dubbo.select(dubbo.invocation);
    }

    static Pick keyed(LoadBalance balance, List<Server> servers) {
        Dubbo dubbo = new Dubbo(balance, servers);
        Map<String, Invocation> invocations =
                Keys.all().stream().collect(Collectors.toMap(Function.identity(), Dubbo::invocation));
        return key -> dubbo.select(invocations.get(key));
    }

    static Pick call(LoadBalance balance, List<Server> servers) {
        return Calls.whole(servers.size(), new Dubbo(balance, servers));
    }

    private Invoker<Object> select(Invocation what) {
        return balance.select(invokers, url, what);
    }

    @Override
    public Invoker<Object> begin() {
        Invoker<Object> invoker = select(invocation);
        RpcStatus.beginCount(invoker.getUrl(), METHOD);
        return invoker;
    }

    @Override
    public void end(Invoker<Object> invoker) {
        RpcStatus.endCount(invoker.getUrl(), METHOD, 2, true);
    }

    private record Callee(URL url) implements Invoker<Object> {
        @Override
        public Class<Object> getInterface() {
            return Object.class;
        }

        @Override
        public Result invoke(Invocation invocation) {
            throw new UnsupportedOperationException("chosen, never called");
        }

        @Override
        public URL getUrl() {
            return url;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void destroy() {}
    }
}
