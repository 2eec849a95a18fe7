package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lb4j.sticky.StickyOutcome.HIT;
import static org.lb4j.sticky.StickyOutcome.MOVED_REMOVED;
import static org.lb4j.sticky.StickyOutcome.NEW;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.Server;

final class LearnedIdsTest {
    private static final String NAME = "JSESSIONID";

    private final World world = new World("a", "b", "c");
    private final StickySessions sessions = world.sessions().build();

    @Test
    void b20AnIdLearnedFromAResponseBringsItsServer() {
        learn("a", "JSESSIONID=A1B2; Path=/; HttpOnly");
        assertThat(visit("A1B2")).isEqualTo("a");
        learn("b", "JSESSIONID=A1B2; Path=/; HttpOnly");
        assertThat(visit("A1B2")).as("learned anew elsewhere").isEqualTo("b");
        learn("c", "JSESSIONID=A1B2");
        assertThat(visit("A1B2")).isEqualTo("c");
    }

    @Test
    void b20MaxAgeZeroForgets() {
        String home = visit("A1B2");
        Server other = other(home);
        learn(other.id(), "JSESSIONID=A1B2");
        assertThat(visit("A1B2")).isEqualTo(other.id());
        learn(other.id(), "JSESSIONID=A1B2; Path=/; max-age = 0");
        assertThat(visit("A1B2")).isEqualTo(home);
        assertThat(sessions.entries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSESSIONID=",
                "JSESSIONID=; Path=/",
                "JSESSIONID=\"\"; Path=/",
                "JSESSIONID=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "JSESSIONID=deleted; Max-Age=0"
            })
    void b20ACookieThatIsTakenAwayForgetsTheIdThatTheRequestCameWith(String header) {
        Server other = other(visit("A1"));
        learn(other.id(), "JSESSIONID=A1");
        learn(other(visit("B2")).id(), "JSESSIONID=B2");
        learn(other.id(), header);
        assertThat(sessions.entries()).as("whose it was is not said").isEqualTo(2);
        sessions.learn(List.of("theme=dark", "JSESSIONID=planted; JSESSIONID=A1"), List.of(header), NAME, other);
        assertThat(sessions.entries()).isEqualTo(1);
        assertThat(visit("B2")).isEqualTo(other(home("B2")).id());
    }

    @Test
    void anIdThatTakesTheOldOnesPlaceIsLearned() {
        Server other = other(visit("A1"));
        learn(other.id(), "JSESSIONID=A1");
        Server next = other(visit("B2"));
        sessions.learn(List.of("JSESSIONID=A1"), List.of("JSESSIONID=", "JSESSIONID=B2"), NAME, next);
        assertThat(visit("B2")).isEqualTo(next.id());
        assertThat(visit("A1")).isNotEqualTo(other.id());
    }

    @Test
    void sixteenKibibytesAreLookedAtOverAllLines() {
        Server other = other(visit("A1"));
        String set = "JSESSIONID=A1";
        String filler = "a=" + "x".repeat(CookieScan.MAX_CHARS / 2 - 2);
        String rest = "a=" + "x".repeat(CookieScan.MAX_CHARS / 2 - 2 - set.length());
        sessions.learn(List.of(filler, "x" + rest, set), NAME, other);
        assertThat(sessions.entries()).isZero();
        sessions.learn(List.of(filler, rest, set), NAME, other);
        assertThat(sessions.entries()).isEqualTo(1);
    }

    @Test
    void onlyIdsAwayFromHomeNeedAnEntry() {
        for (int i = 0; i < 100; i++) learn(visit("id-" + i), "JSESSIONID=id-" + i);
        assertThat(sessions.entries()).isZero();
        assertThat(sessions.count(NEW)).isZero();
        for (int i = 0; i < 100; i++) learn(other(visit("id-" + i)).id(), "JSESSIONID=id-" + i);
        assertThat(sessions.entries()).isEqualTo(100);
        assertThat(sessions.count(NEW)).isEqualTo(100);
        for (int i = 0; i < 100; i++) learn(visit("id-" + i), "JSESSIONID=id-" + i);
        assertThat(sessions.count(NEW)).as("known already").isEqualTo(100);
    }

    @Test
    void anIdLearnedAtHomeLosesItsEntry() {
        String home = visit("A1B2");
        learn(other(home).id(), "JSESSIONID=A1B2");
        learn(home, "JSESSIONID=A1B2");
        assertThat(sessions.entries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSESSIONID=",
                "JSESSIONID",
                "jsessionid=A1",
                "XJSESSIONID=A1",
                "; JSESSIONID=A1",
                "",
                "JSESSIONID=\u0007",
                "a=b; JSESSIONID=A1",
                "JSESSIONID=é"
            })
    void whatNamesNoIdIsNotLearned(String header) {
        for (String server : List.of("a", "b", "c")) learn(server, header);
        assertThat(sessions.entries()).isZero();
        assertThat(sessions.count(NEW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"JSESSIONID=A1; Max-Age=0", "JSESSIONID=A1;MAX-AGE=-1", "JSESSIONID=A1; Max-Age=9; Max-Age=000"})
    void aMaxAgeThatIsNotPositiveForgets(String header) {
        learn(other(visit("A1")).id(), "JSESSIONID=A1");
        learn("a", header);
        assertThat(sessions.entries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSESSIONID=A1; Max-Age=1", "JSESSIONID=A1; Max-Age=x0", "JSESSIONID=A1; Max-Age=",
                        "JSESSIONID=A1; Max-Age",
                "JSESSIONID=A1; Max-Age=-", "JSESSIONID=A1; X-Max-Age=0", "JSESSIONID=A1; Max-Age-Of=0",
                        "JSESSIONID=A1;;;=;",
                "JSESSIONID=\"A1\""
            })
    void allElseIsLearned(String header) {
        Server other = other(visit("A1"));
        learn(other.id(), header);
        assertThat(visit("A1")).isEqualTo(other.id());
    }

    @Test
    void ofSeveralCookiesTheFirstThatWasLearnedCounts() {
        Server other = other(visit("A1"));
        learn(other.id(), "JSESSIONID=A1");
        StickyVisit visit = sessions.visit(List.of("JSESSIONID=planted; JSESSIONID=A1"), NAME);
        assertThat(world.serve(visit)).isEqualTo(new World.Answer(other.id(), new Settled(HIT, null)));
        StickyVisit unknown = sessions.visit(List.of("x=1", "JSESSIONID=B1; JSESSIONID=B2"), NAME);
        assertThat(world.serve(unknown).server()).isEqualTo(visit("B1"));
    }

    @Test
    void aRequestWithoutTheCookieIsPlainBalancing() {
        for (List<String> headers : Arrays.asList(
                null, List.<String>of(), List.of("a=1"), List.of("JSESSIONID="), List.of("JSESSIONID=\u0001")))
            assertThat(world.serve(sessions.visit(headers, NAME)).outcome()).isEqualTo(NEW);
        assertThat(sessions.entries()).isZero();
    }

    @Test
    void idsThatAClientSentAreNotLearned() {
        for (int i = 0; i < 1000; i++) visit("sprayed-" + i);
        assertThat(sessions.entries()).isZero();
    }

    @Test
    void aLogoutForgets() {
        String home = visit("A1");
        learn(other(home).id(), "JSESSIONID=A1");
        sessions.forget("A1");
        assertThat(visit("A1")).isEqualTo(home);
    }

    @Test
    void nothingIsLearnedOfAServerThatIsNoMember() {
        sessions.learn(List.of("JSESSIONID=A1"), NAME, Server.of("10.9.9.9:80"));
        sessions.learn(null, NAME, world.pool.member("a").server());
        sessions.learn(Arrays.asList(null, "x=y"), NAME, world.pool.member("a").server());
        assertThat(sessions.entries()).isZero();
    }

    @Test
    void aLearnedServerThatLeavesSendsTheSessionHome() {
        Server other = other(visit("A1"));
        learn(other.id(), "JSESSIONID=A1");
        world.pool.update(world.pool.members().stream()
                .map(member -> member.server())
                .filter(server -> !server.equals(other))
                .toList());
        assertThat(world.serve(sessions.visit("A1")).outcome()).isEqualTo(MOVED_REMOVED);
        assertThat(world.serve(sessions.visit("A1")).outcome()).isEqualTo(HIT);
    }

    @Test
    void aNameThatNoCookieCanHaveIsRefused() {
        assertThatThrownBy(() -> sessions.visit(List.of(), "a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cookie name must be a token of RFC 9110, was \"a b\"");
    }

    private void learn(String server, String setCookie) {
        sessions.learn(List.of(setCookie), NAME, world.pool.member(server).server());
    }

    private String visit(String id) {
        return world.serve(sessions.visit(List.of("theme=dark; JSESSIONID=" + id), NAME))
                .server();
    }

    private String home(String id) {
        return world.serve(world.sessions().build().visit(id)).server();
    }

    private Server other(String than) {
        return world.pool.members().stream()
                .map(member -> member.server())
                .filter(server -> !server.id().equals(than))
                .findFirst()
                .orElseThrow();
    }
}
