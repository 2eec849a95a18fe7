package org.lb4j.bench.peers;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.ClientStreamTracer.StreamInfo;
import io.grpc.LoadBalancer.PickDetailsConsumer;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.internal.PickSubchannelArgsImpl;
import io.grpc.xds.GrpcPickers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lb4j.Server;
import org.lb4j.bench.Keys;
import org.lb4j.hash.HashFunction;

/** Pickers of gRPC, asked as a channel does. */
final class Grpc implements Calls<ClientStreamTracer> {
    private static final MethodDescriptor<Object, Object> METHOD = MethodDescriptor.newBuilder(
                    new Nothing(), new Nothing())
            .setType(MethodType.UNARY)
            .setFullMethodName("service/call")
            .build();
    private static final StreamInfo STREAM = StreamInfo.newBuilder().build();

    private final SubchannelPicker picker;
    private final PickSubchannelArgs call = call(CallOptions.DEFAULT);

    private Grpc(SubchannelPicker picker) {
        this.picker = picker;
    }

    static Pick blind(SubchannelPicker picker) {
        PickSubchannelArgs call = call(CallOptions.DEFAULT);
        return key -> picker.pickSubchannel(call);
    }

    static Pick leastRequest(List<Server> servers) {
        Grpc grpc = new Grpc(GrpcPickers.leastRequest(servers));
        Calls.warm(servers.size(), grpc);
        return key -> grpc.picker.pickSubchannel(grpc.call);
    }

    static Pick leastRequestCall(List<Server> servers) {
        return Calls.whole(servers.size(), new Grpc(GrpcPickers.leastRequest(servers)));
    }

    static Pick ringHash(List<Server> servers) {
        Map<String, PickSubchannelArgs> calls = Keys.all().stream()
                .collect(Collectors.toMap(
                        Function.identity(), key -> call(GrpcPickers.hashed(HashFunction.XXH64.hash(key)))));
        SubchannelPicker picker =
                GrpcPickers.ringHash(servers, asked -> calls.values().forEach(asked::pickSubchannel));
        return key -> picker.pickSubchannel(calls.get(key));
    }

    private static PickSubchannelArgs call(CallOptions options) {
        return new PickSubchannelArgsImpl(METHOD, new Metadata(), options, new PickDetailsConsumer() {});
    }

    @Override
    public ClientStreamTracer begin() {
        ClientStreamTracer stream =
                picker.pickSubchannel(call).getStreamTracerFactory().newClientStreamTracer(STREAM, call.getHeaders());
        stream.streamCreated(Attributes.EMPTY, call.getHeaders());
        return stream;
    }

    @Override
    public void end(ClientStreamTracer stream) {
        stream.streamClosed(Status.OK);
    }

    private static final class Nothing implements MethodDescriptor.Marshaller<Object> {
        @Override
        public InputStream stream(Object value) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public Object parse(InputStream stream) {
            return stream;
        }
    }
}
