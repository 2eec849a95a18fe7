package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.PlainDraw;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

/** What happens when the list changes. */
final class UpdateTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Events events = new Events();
    private final ServerPool pool = Pools.of(Pools.settings(ticker).onChange(events), "a", "b");

    private void update(String... servers) {
        pool.update(Servers.list(servers));
    }

    private static String next(Selector selector, int picks) {
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < picks; i++) ids.append(selector.next().id());
        return ids.toString();
    }

    @Test
    void aMemberThatStaysKeepsItsLiveState() {
        Selector selector = pool.selector(new PlainDraw());
        Member a = pool.member("a");
        Lease lease = selector.acquire(SelectionContext.only("a"));
        pool.hold("a", Hold.CHECK);
        pool.scale("a", "x", 0.5);
        update("c", "a*4");
        assertThat(pool.member("a")).isSameAs(a);
        assertThat(a.server().weight()).isEqualTo(4);
        assertThat(a.inFlight()).isOne();
        assertThat(Hold.CHECK.in(a.holds())).isTrue();
        pool.release("a", Hold.CHECK);
        assertThat(Seen.weights(pool)).containsEntry("a", 2.0);
        lease.success();
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void aRemovedMemberFinishesItsCalls() {
        Selector selector = pool.selector(new PlainDraw());
        Member a = pool.member("a");
        Lease lease = selector.acquire(SelectionContext.only("a"));
        update("b");
        assertThat(pool.member("a")).isNull();
        assertThat(Seen.by(selector)).containsExactly("b");
        assertThat(a.inFlight()).isOne();
        lease.success();
        assertThat(a.inFlight()).isZero();
    }

    @Test
    void anIdThatComesBackStartsFresh() {
        Selector selector = pool.selector(new PlainDraw());
        Member before = pool.member("a");
        Lease lease = selector.acquire(SelectionContext.only("a"));
        for (Hold hold : Hold.values()) pool.hold("a", hold);
        pool.scale("a", "x", 0.5);
        update("b");
        update("a", "b");
        Member after = pool.member("a");
        assertThat(after).isNotSameAs(before);
        assertThat(after.holds()).isZero();
        assertThat(after.inFlight()).isZero();
        assertThat(Seen.weights(pool)).containsEntry("a", 1.0);
        lease.success();
        assertThat(after.inFlight()).isZero();
        assertThat(before.inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other:80", "a:81", "https://a:80"})
    void anIdAtAnotherAddressIsANewMemberForWhichOnlyAdminAndDrainStay(String address) {
        Member before = pool.member("a");
        for (Hold hold : Hold.values()) pool.hold("a", hold);
        pool.scale("a", "x", 0.5);
        Trial trial = pool.trial("a", java.time.Duration.ofSeconds(1));
        long held = ticker.nanos();
        ticker.advance(java.time.Duration.ofSeconds(9));
        pool.update(List.of(Server.builder(address).id("a").build(), Servers.of("b")));
        Member after = pool.member("a");
        assertThat(after).isNotSameAs(before);
        ServerStatus status = Seen.status(pool, "a");
        assertThat(status.holds()).isEqualTo(EnumSet.of(Hold.ADMIN, Hold.DRAIN));
        assertThat(status.heldSince()).containsEntry(Hold.DRAIN, held);
        assertThat(after.holds()).isEqualTo(Hold.ADMIN.bit() | Hold.DRAIN.bit());
        assertThat(after.slot()).isEqualTo(before.slot());
        trial.close();
        pool.release("a", Hold.ADMIN);
        pool.release("a", Hold.DRAIN);
        assertThat(Seen.weights(pool)).containsEntry("a", 1.0);
    }

    @Test
    void nothingRestartsAtTheFirstServer() {
        Selector selector = pool.selector(new InTurn());
        assertThat(next(selector, 1)).isEqualTo("a");
        update("a", "b", "c");
        assertThat(next(selector, 1)).isEqualTo("b");
        update("a", "b", "c", "d");
        assertThat(next(selector, 2)).isEqualTo("cd");
    }

    @Test
    void theTurnOutlivesListsOfOneAndOfNobody() {
        Selector selector = pool.selector(new InTurn());
        assertThat(next(selector, 1)).isEqualTo("a");
        update("b");
        assertThat(next(selector, 3)).isEqualTo("bbb");
        update();
        update("a", "b");
        assertThat(next(selector, 1)).isEqualTo("b");
    }

    @Test
    void twoSelectorsOfOneAlgorithmHaveATurnEach() {
        InTurn algorithm = new InTurn();
        Selector one = pool.selector(algorithm);
        Selector other = pool.selector(algorithm);
        for (String id : List.of("a", "b", "a", "b")) {
            assertThat(next(one, 1)).isEqualTo(id);
            assertThat(next(other, 1)).isEqualTo(id);
        }
    }

    @Test
    void anEmptyListByHandIsObeyed() {
        update();
        assertThat(pool.members()).isEmpty();
        assertThat(events.texts())
                .containsExactly(
                        "ADDED a: listed",
                        "ADDED b: listed",
                        "REMOVED a: no longer listed",
                        "REMOVED b: no longer listed");
    }

    @Test
    void anIdThatStandsTwiceIsRefusedByHandAndNothingChanges() {
        List<Server> twice = List.of(Server.of("10.0.0.1:8080"), Servers.of("a"), Server.of("http://10.0.0.1:8080"));
        String message = "duplicate server id \"10.0.0.1:8080\"";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.update(twice))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerPool.of(twice))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerPool.of("10.0.0.1:8080", "http://10.0.0.1:8080"))
                .withMessage(message);
        assertThat(pool.members()).extracting(each -> each.server().id()).containsExactly("a", "b");
    }

    @Test
    void nullIsNoServer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.update(Arrays.asList(Servers.of("a"), null)))
                .withMessage("server must be given, was null at index 1");
    }

    @Test
    void theSameListIsNoChange() {
        AtomicInteger compiled = new AtomicInteger();
        Selector selector = pool.selector((roster, before) -> {
            compiled.incrementAndGet();
            return new PlainDraw().compile(roster, before);
        });
        events.taken();
        update("a", "b");
        assertThat(compiled).hasValue(1);
        assertThat(events.taken()).isEmpty();
        update("b", "a");
        update("b", "a");
        assertThat(compiled).hasValue(2);
        assertThat(Seen.by(selector)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void membersStandInTheOrderOfTheList() {
        update("c", "b", "a");
        assertThat(pool.members()).extracting(each -> each.server().id()).containsExactly("c", "b", "a");
        update("a", "b", "c");
        assertThat(pool.members()).extracting(each -> each.server().id()).containsExactly("a", "b", "c");
    }

    @Test
    void everyDifferenceIsAnEvent() {
        events.taken();
        ticker.set(77);
        update("b*3", "c");
        assertThat(events.taken())
                .containsExactly(
                        new PoolEvent(PoolEvent.Kind.REMOVED, Servers.of("a"), "no longer listed", 77),
                        new PoolEvent(PoolEvent.Kind.REPLACED, Servers.of("b*3"), "was b:80 (id b)", 77),
                        new PoolEvent(PoolEvent.Kind.ADDED, Servers.of("c"), "listed", 77));
    }

    @Test
    void theListIsCopied() {
        List<Server> list = new java.util.ArrayList<>(Servers.list("a"));
        pool.update(list);
        list.clear();
        assertThat(pool.members()).hasSize(1);
    }
}
