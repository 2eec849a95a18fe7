package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example of a probe of your own in docs/health.md, against a gRPC server in this process. */
final class GrpcProbeTest {
    private static final org.lb4j.Server ANY = org.lb4j.Server.of("any:50051");

    private final ManagedChannel channel =
            InProcessChannelBuilder.forName("health").directExecutor().build();

    @SuppressWarnings("FutureReturnValueIgnored") // an example is not the place to name what is unused
    private final Probe grpc = (server, timeout) -> {
        ListenableFuture<HealthCheckResponse> call = stub(server) // of grpc-services, over a channel that you keep
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .check(HealthCheckRequest.getDefaultInstance());
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        call.addListener(
                () -> {
                    try {
                        ServingStatus status = call.get().getStatus();
                        boolean serves = status == ServingStatus.SERVING;
                        result.complete(serves ? ProbeResult.pass() : ProbeResult.fail(Reason.STATUS, status.name()));
                    } catch (Exception failed) {
                        Status.Code code = Status.fromThrowable(failed).getCode();
                        boolean unknown = code == Status.Code.UNIMPLEMENTED;
                        result.complete(unknown ? ProbeResult.pass() : ProbeResult.fail(Reason.ERROR, code.name()));
                    }
                },
                Runnable::run);
        result.whenComplete((answer, thrown) -> call.cancel(true)); // at the timeout; no effect on one that is done
        return result;
    };

    private HealthGrpc.HealthFutureStub stub(org.lb4j.Server server) {
        assertThat(server).isSameAs(ANY);
        return HealthGrpc.newFutureStub(channel);
    }

    private CompletableFuture<ProbeResult> ask(BindableService... services) throws IOException {
        InProcessServerBuilder builder =
                InProcessServerBuilder.forName("health").directExecutor();
        for (BindableService each : services) builder.addService(each);
        Server server = builder.build().start();
        CompletableFuture<ProbeResult> result = grpc.check(ANY, Duration.ofMinutes(1));
        server.shutdown();
        return result;
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    @Test
    void aServerThatServesPassesAndOneThatDoesNotFails() throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        assertThat(ask(health.getHealthService()).join()).isEqualTo(ProbeResult.pass());
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
        assertThat(ask(health.getHealthService()).join()).isEqualTo(ProbeResult.fail(Reason.STATUS, "NOT_SERVING"));
    }

    @Test
    void aServerWithoutTheServicePassesAndNoServerFails() throws IOException {
        assertThat(ask().join()).isEqualTo(ProbeResult.pass());
        assertThat(grpc.check(ANY, Duration.ofMinutes(1)).join())
                .isEqualTo(ProbeResult.fail(Reason.ERROR, "UNAVAILABLE"));
    }

    @Test
    void cancellingIsSeenByTheServer() throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        CompletableFuture<ProbeResult> result = ask(new HealthGrpc.HealthImplBase() {
            @Override
            public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> never) {
                Context.current().addListener(context -> cancelled.set(context.isCancelled()), Runnable::run);
            }
        });
        assertThat(result).isNotDone();
        result.cancel(true);
        assertThat(cancelled).isTrue();
    }

    @Test
    void theDocumentShowsThisVeryProbe() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "health.md"));
        String begin = "```java grpc\n";
        int from = document.indexOf(begin) + begin.length();
        String example = document.substring(from, document.indexOf("```", from));
        String source = Files.readString(Path.of("src/test/java/org/lb4j/health/GrpcProbeTest.java"));
        assertThat(source.replaceAll("\\s+", "")).contains(example.replaceAll("\\s+", ""));
    }
}
