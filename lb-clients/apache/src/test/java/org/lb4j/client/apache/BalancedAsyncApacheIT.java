package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.ok;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;
import org.lb4j.testing.TestServer;

/** What a sceptic asks of the asynchronous client, against real sockets; hits are counted at the servers. */
@Timeout(60)
final class BalancedAsyncApacheIT {
    private final Fleet fleet = new Fleet();
    private CloseableHttpAsyncClient client;

    @AfterEach
    void nothingIsLeftInFlight() {
        fleet.close();
        if (client != null) client.close(CloseMode.IMMEDIATE);
    }

    @Test
    void callsAreSpreadAndTheResponseTellsWhoAnswered() throws Exception {
        start(ok("a"), ok("b"));
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            HttpClientContext context = HttpClientContext.create();
            SimpleHttpResponse response = client.execute(get(), context, null).get();
            String body = response.getBodyText();
            answers.merge(body, 1, Integer::sum);
            Server expected = fleet.servers().get(body.equals("a") ? 0 : 1).server();
            assertThat(response.getFirstHeader(Services.SERVER_HEADER).getValue())
                    .isEqualTo(expected.id());
            assertThat(response.getFirstHeader(Services.ATTEMPTS_HEADER).getValue())
                    .isEqualTo("1");
            assertThat(BalancedApache.serverOf(context)).isEqualTo(expected);
            assertThat(fleet.pool().inFlight()).isZero(); // at the latest when the caller knows
        }
        assertThat(answers).containsEntry("a", 5).containsEntry("b", 5);
        // A caller may know before its connection is free for the next one.
        assertThat(fleet.servers()).extracting(TestServer::connections).allMatch(each -> each < 4);
        assertThat(fleet.server(0).requests())
                .extracting(each -> each.headers().get("host"))
                .containsOnly("users");
        assertThat(fleet.ends()).hasSize(10).containsOnly(Outcome.SUCCESS);
    }

    @Test
    void otherHostsPassThroughUntouchedAndKeepTheirRepeats() throws Exception {
        start(ok("a"));
        TestServer other =
                fleet.serve((request, out) -> out.send(request.number() == 1 ? 503 : 200, "x", "Retry-After: 0"));
        SimpleHttpResponse response =
                call(SimpleRequestBuilder.get("http://" + other.server().hostPort() + "/x?y=%20"));
        assertThat(response.getBodyText()).isEqualTo("x");
        assertThat(response.getFirstHeader(Services.SERVER_HEADER)).isNull();
        assertThat(other.requests()).extracting(TestServer.Request::target).containsExactly("/x?y=%20", "/x?y=%20");
        assertThat(fleet.ends()).isEmpty();
    }

    @Test
    void aServerThatIsGoneCostsNoCall() throws Exception {
        start(ok("a"), ok("b"), ok("c"));
        fleet.kill(1);
        for (int i = 0; i < 30; i++) assertThat(text(get())).isNotEmpty();
        for (int i = 0; i < 30; i++) assertThat(text(post())).isNotEmpty();
        assertThat(fleet.hits()).isEqualTo(60);
    }

    @Test
    void whatMayHaveBeenProcessedIsNotPostedTwice() throws Exception {
        TestServer.Answer dropsPosts = (request, out) -> {
            if (request.method().equals("POST")) out.drop();
            else out.send(200, "ok");
        };
        start(dropsPosts, dropsPosts);
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("ok"); // both have a connection to reuse
        assertThatThrownBy(() -> text(post())).hasCauseInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(5);
        assertThat(fleet.ends()).hasSize(5).endsWith(Outcome.FAILURE);
    }

    @Test
    void aGetThatBrokeIsAnsweredByAnotherServer() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        start(
                (request, out) -> {
                    if (turn.getAndIncrement() % 2 == 0) out.drop();
                    else out.reset();
                },
                ok("b"));
        for (int i = 0; i < 8; i++) assertThat(text(get())).isEqualTo("b");
    }

    /** By default HttpClient would repeat it after a second, though it is a POST. */
    @Test
    void aBusyServerIsNotPostedToAgain() throws Exception {
        start((request, out) -> out.send(503, "busy", "Retry-After: 0"));
        SimpleHttpResponse response = client.execute(post(), null).get();
        assertThat(response.getCode()).isEqualTo(503);
        assertThat(response.getBodyText()).isEqualTo("busy");
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.REJECTED);
    }

    @Test
    void aStatusToRepeatLeadsToAnotherServerAndTheBodyIsSentWholeAgain() throws Exception {
        start(service -> service.repeatOnStatus(503), (request, out) -> out.send(503, "busy"), ok("b"));
        for (int i = 0; i < 4; i++) assertThat(text(get())).isEqualTo("b");
        SimpleRequestBuilder put =
                SimpleRequestBuilder.put("http://users/42").setBody("x".repeat(5000), ContentType.TEXT_PLAIN);
        for (int i = 0; i < 4; i++) assertThat(text(put.build())).isEqualTo("b");
        assertThat(fleet.server(0).hits()).isEqualTo(8);
        assertThat(fleet.server(0).connections()).isLessThan(6); // drained, so used again if free in time
        assertThat(fleet.server(1).requests())
                .filteredOn(each -> each.method().equals("PUT"))
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.body()).hasSize(5000));
    }

    @Test
    void theLastBadAnswerIsDeliveredWhole() throws Exception {
        TestServer.Answer bad = (request, out) -> out.send(502, "sorry");
        start(service -> service.repeatOnStatus(502), bad, bad);
        SimpleHttpResponse response = client.execute(get(), null).get();
        assertThat(response.getBodyText()).isEqualTo("sorry");
        assertThat(response.getFirstHeader(Services.ATTEMPTS_HEADER).getValue()).isEqualTo("3");
        assertThat(fleet.hits()).isEqualTo(3);
    }

    @Test
    void aBadAnswerThatIsLongIsDroppedWithItsConnection() throws Exception {
        start(service -> service.repeatOnStatus(503), (request, out) -> out.send(503, "x".repeat(1_000_000)), ok("b"));
        for (int i = 0; i < 2; i++) assertThat(text(get())).isEqualTo("b");
        fleet.awaitLeft(0);
    }

    @Test
    void aBodyThatBreaksIsAFailureAndIsNotRepeated() {
        start((request, out) -> {
            out.head(200, 10);
            out.write("abc");
            out.drop();
        });
        assertThatThrownBy(() -> text(get())).hasCauseInstanceOf(IOException.class);
        assertThat(fleet.hits()).isEqualTo(1);
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void withoutAServerTheCallerSeesAConnectException() {
        install(HttpAsyncClients.custom(), fleet.of(service -> {}, List.of()));
        assertThatThrownBy(() -> text(get()))
                .hasCauseInstanceOf(ConnectException.class)
                .hasMessageContaining("users: no server: 0 known");
    }

    @Test
    void httpsIsNeverLowered() {
        install(HttpAsyncClients.custom(), fleet.of(service -> {}, List.of(Server.of("http://127.0.0.1:1"))));
        assertThatThrownBy(() -> call(SimpleRequestBuilder.get("https://users/")))
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining("users: https is asked for, but server 127.0.0.1:1 is http");
    }

    private SimpleHttpResponse call(SimpleRequestBuilder request) throws Exception {
        return client.execute(request.build(), null).get();
    }

    private String text(SimpleHttpRequest request) throws Exception {
        return client.execute(request, null).get().getBodyText();
    }

    private static SimpleHttpRequest get() {
        return SimpleRequestBuilder.get("http://users/42").build();
    }

    private static SimpleHttpRequest post() {
        return SimpleRequestBuilder.post("http://users/42")
                .setBody("x", ContentType.TEXT_PLAIN)
                .build();
    }

    private void start(TestServer.Answer... answers) {
        start(service -> {}, answers);
    }

    private void start(Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        install(HttpAsyncClients.custom(), fleet.start(settings, answers));
    }

    private void install(HttpAsyncClientBuilder builder, Services services) {
        client = BalancedApache.install(builder, services).build();
        client.start();
    }
}
