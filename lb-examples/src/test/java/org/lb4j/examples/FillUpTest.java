package org.lb4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Lease;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.ServerPool;

final class FillUpTest {
    private final ServerPool pool = ServerPool.of("a:1", "b:1", "c:1");
    private final Selector selector = pool.selector(new FillUp(2));

    private List<String> acquire(int calls) {
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < calls; i++) hosts.add(selector.acquire().server().host());
        return hosts;
    }

    @Test
    void oneServerIsFilledBeforeTheNext() {
        assertThat(acquire(6)).containsExactly("a", "a", "b", "b", "c", "c");
    }

    @Test
    void whenAllAreFullTheEmptiestIsTaken() {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 6; i++) leases.add(selector.acquire());
        assertThat(acquire(1)).containsExactly("a");
        leases.forEach(Lease::success);
        assertThat(acquire(2)).containsExactly("a", "b");
    }

    @Test
    void aRetryGoesOn() {
        SelectionContext notA =
                SelectionContext.none().excluding(pool.members().get(0).server());
        assertThat(selector.next(notA).host()).isEqualTo("b");
    }

    @Test
    void nothingCanNotBeFilled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FillUp(0))
                .withMessage("calls must be at least 1, was 0");
    }
}
