package org.lb4j.examples.recipes;

import static io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.UNARY;

import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.lb4j.Server;

/** A real gRPC server, which says its name, or fails with the status that it is asked for. */
final class Greeter implements AutoCloseable {
    /** Answers with its name. */
    static final MethodDescriptor<String, String> WHO = method(UNARY, "who");
    /** Answers with its name, and then is silent until {@link #endWatches}. */
    static final MethodDescriptor<String, String> WATCH = method(SERVER_STREAMING, "watch");

    private final io.grpc.Server grpc;
    private final AtomicInteger calls = new AtomicInteger();
    private final List<StreamObserver<String>> watchers = new CopyOnWriteArrayList<>();

    private Greeter(String name) {
        ServerServiceDefinition service = ServerServiceDefinition.builder("Greeter")
                .addMethod(WHO, ServerCalls.asyncUnaryCall((asked, out) -> who(name, asked, out)))
                .addMethod(WATCH, ServerCalls.asyncServerStreamingCall((asked, out) -> watch(name, out)))
                .build();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            grpc = NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
                    .addService(service)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Greeter named(String name) {
        return new Greeter(name);
    }

    private void who(String name, String asked, StreamObserver<String> out) {
        calls.incrementAndGet();
        if (asked.isEmpty()) {
            out.onNext(name);
            out.onCompleted();
        } else {
            out.onError(Status.fromCode(Status.Code.valueOf(asked)).asRuntimeException());
        }
    }

    private void watch(String name, StreamObserver<String> out) {
        watchers.add(out);
        out.onNext(name);
    }

    /** Ends what is watched, well. */
    void endWatches() {
        watchers.forEach(StreamObserver::onCompleted);
    }

    Server server() {
        return Server.of("127.0.0.1", grpc.getPort());
    }

    /** How often it was asked who it is. */
    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        try {
            grpc.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.newBuilder(new Text(), new Text())
                .setType(type)
                .setFullMethodName("Greeter/" + name)
                .build();
    }

    /** No protocol buffers are needed to show what channels do. */
    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
