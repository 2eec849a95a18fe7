package org.lb4j.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lb4j.Hold;
import org.lb4j.NoServerAvailableException;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;
import org.lb4j.testing.ManualTicker;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

final class FirstAvailableTest {
    private final ServerPool pool = Pools.of(Pools.settings(new ManualTicker()).panicThreshold(0), "a", "b*9", "c");
    private final Selector selector = pool.selector(Algorithms.firstAvailable());

    @Test
    void theFirstOfTheListTakesAllWhateverTheWeights() {
        for (int i = 0; i < 100; i++) assertThat(selector.next().id()).isEqualTo("a");
    }

    @Test
    void callsFallToTheNextOfTheListAndReturn() {
        pool.hold("a", Hold.CHECK);
        assertThat(selector.next().id()).isEqualTo("b");
        pool.hold("b", Hold.OUTLIER);
        assertThat(selector.next().id()).isEqualTo("c");
        pool.release("b", Hold.OUTLIER);
        assertThat(selector.next().id()).isEqualTo("b");
        pool.release("a", Hold.CHECK);
        assertThat(selector.next().id()).isEqualTo("a");
    }

    @Test
    void whoHasNoWeightIsPassedOver() {
        pool.scale("a", "drill", 0);
        assertThat(selector.next().id()).isEqualTo("b");
        pool.scale("a", "drill", 0.001);
        assertThat(selector.next().id()).isEqualTo("a");
    }

    @Test
    void anotherOrderOfTheListIsAnotherFirst() {
        pool.update(Servers.list("c", "a", "b"));
        assertThat(selector.next().id()).isEqualTo("c");
    }

    @Test
    void aRetryGoesToTheNextOfTheList() {
        SelectionContext retry = SelectionContext.none().excluding(Servers.of("a"));
        assertThat(selector.next(retry).id()).isEqualTo("b");
        assertThat(selector.next(retry.excluding(Servers.of("b"))).id()).isEqualTo("c");
        assertThat(selector.next(retry.excluding(Servers.of("c"))).id()).isEqualTo("b");
    }

    @Test
    void whenAllAreHeldThereIsNone() {
        for (String id : new String[] {"a", "b", "c"}) pool.hold(id, Hold.CHECK);
        assertThatThrownBy(selector::next).isInstanceOf(NoServerAvailableException.class);
    }

    @Test
    void panicBringsBackTheFirstThatIsOnlyFailingChecks() {
        ServerPool panicky = Pools.of("a:admin", "b:check", "c:check");
        assertThat(panicky.selector(Algorithms.firstAvailable()).next().id()).isEqualTo("b");
    }
}
