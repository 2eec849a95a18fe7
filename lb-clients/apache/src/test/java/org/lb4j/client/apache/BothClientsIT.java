package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.client.testing.Fleet.bad;
import static org.lb4j.client.testing.Fleet.ok;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lb4j.Outcome;
import org.lb4j.client.ServiceSettings;
import org.lb4j.client.Services;
import org.lb4j.client.apache.Caller.Form;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Failover;
import org.lb4j.testing.TestServer;

/** What holds for the classic and the asynchronous client in the same words. */
@Timeout(60)
final class BothClientsIT {
    private final Fleet fleet = new Fleet();
    private Caller caller;

    @AfterEach
    void nothingIsLeftInFlight() throws Exception {
        fleet.close();
        if (caller != null) caller.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CLASSIC, http://users, /",
        "ASYNC, http://users, /",
        "CLASSIC, http://users?q=1, /?q=1",
        "ASYNC, http://users?q=1, /?q=1",
        "CLASSIC, http://USERS:80/a%2Fb?a=b%20c, /a%2Fb?a=b%20c",
        "ASYNC, http://USERS:80/a%2Fb?a=b%20c, /a%2Fb?a=b%20c"
    })
    void pathAndQueryArriveByteForByte(Form form, String url, String target) throws Exception {
        start(form, service -> {}, ok("a"));
        assertThat(caller.call("GET", url).body()).isEqualTo("a");
        assertThat(fleet.server(0).requests())
                .extracting(TestServer.Request::target)
                .containsExactly(target);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatHttpClientRefusesBlamesNoServer(Form form) {
        start(form, service -> {}, ok("a"), ok("b"));
        assertThatThrownBy(() -> caller.call("GET", "http://me@users/x")).hasMessageContaining("userinfo");
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatNoServiceCanHaveIsAnError(Form form) {
        start(form, service -> {}, ok("a"));
        for (String bad : List.of("http://my_svc/42", "lb://users/42"))
            assertThatThrownBy(() -> caller.call("GET", bad)).as(bad).isNotNull();
        assertThat(fleet.hits()).isZero();
        assertThat(fleet.ends()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aServerCanNotPretendToBeAnother(Form form) throws Exception {
        start(form, service -> {}, (request, out) -> out.send(200, "a", "lb4j-server: forged", "LB4J-Attempts: 99"));
        Caller.Reply reply = caller.call("GET", "http://users/");
        assertThat(reply.header(Services.SERVER_HEADER))
                .containsExactly(fleet.server(0).server().id());
        assertThat(reply.header(Services.ATTEMPTS_HEADER)).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderIsHeardOnceWhateverBecomesOfTheAnswer(Form form) throws Exception {
        List<String> heard = new ArrayList<>();
        TestServer.Answer bad = (request, out) -> out.send(503, "busy", "X-Load: 7");
        start(
                form,
                service -> service.failover(Failover.builder().maxAttempts(2).build())
                        .repeatOnStatus(503)
                        .onResponseHeader("X-Load", (server, value) -> heard.add(server.id() + value)),
                bad,
                bad);
        assertThat(caller.call("GET", "http://users/").status()).isEqualTo(503);
        assertThat(heard).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aBadAnswerThatHangsIsDropped(Form form) throws Exception {
        start(
                form,
                service -> service.repeatOnStatus(503),
                (request, out) -> {
                    out.head(503, 10);
                    out.write("abc");
                    out.hang();
                },
                ok("b"));
        for (int i = 0; i < 2; i++)
            assertThat(caller.call("GET", "http://users/").body()).isEqualTo("b");
        fleet.awaitLeft(0);
        assertThat(fleet.server(0).hits()).isPositive();
    }

    /** Whatever answers beneath us without asking the server, as a cache does. */
    @Test
    void anAnswerThatNoServerGaveSaysNothingOfAny() throws Exception {
        Services services = fleet.start(service -> {}, ok("a"));
        caller = Caller.classic(
                HttpClients.custom()
                        .addExecInterceptorAfter(
                                ChainElement.PROTOCOL.name(),
                                "cache",
                                (request, scope, chain) -> new BasicClassicHttpResponse(204)),
                services);
        assertNobodyWasAsked();
    }

    @Test
    void anAnswerThatNoServerGaveSaysNothingOfAnyAsync() throws Exception {
        Services services = fleet.start(service -> {}, ok("a"));
        caller = Caller.async(
                HttpAsyncClients.custom()
                        .addExecInterceptorAfter(
                                ChainElement.PROTOCOL.name(), "cache", (request, body, scope, chain, callback) -> {
                                    callback.handleResponse(new BasicHttpResponse(204), null);
                                    callback.completed();
                                }),
                services);
        assertNobodyWasAsked();
    }

    private void assertNobodyWasAsked() throws Exception {
        assertThat(caller.call("GET", "http://users/").status()).isEqualTo(204);
        assertThat(fleet.hits()).isZero();
        assertThat(fleet.ends()).containsExactly(Outcome.CANCELLED);
    }

    private void start(Form form, Consumer<ServiceSettings> settings, TestServer.Answer... answers) {
        caller = form.open(fleet.start(settings, answers));
    }
}
