package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.testing.Servers;

/** {@link Member#slot}: a number of its own while a member is in the pool. */
final class SlotTest {
    private final ServerPool pool = ServerPool.of(Servers.list("a", "b", "c", "d"));

    private static Server tagged(String id, String slot) {
        return Server.builder(id + ":80").id(id).tag("slot", slot).build();
    }

    private List<Integer> slots() {
        return pool.members().stream().map(Member::slot).toList();
    }

    private List<Integer> slots(String... tags) {
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < tags.length; i++) servers.add(tagged("s" + i, tags[i]));
        pool.update(servers);
        return slots();
    }

    @Test
    void theLowestFreeNumberIsTaken() {
        assertThat(slots()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whoStaysKeepsItsNumberWhateverTheOrderAndWhoComesFillsTheGaps() {
        pool.update(Servers.list("d", "e", "b", "f", "g"));
        assertThat(slots()).containsExactly(3, 0, 1, 2, 4);
    }

    @Test
    void tagsCountIfEachMemberHasOneOfItsOwn() {
        assertThat(slots("7", "0", "65535")).containsExactly(7, 0, 65535);
        assertThat(slots("09", "90")).containsExactly(9, 90);
    }

    @Test
    void oneMemberWithoutAValidTagOfItsOwnMakesAllTagsVoid() {
        assertThat(slots("7", "7")).containsExactly(0, 1);
        assertThat(slots("7", "65536")).containsExactly(0, 1);
        assertThat(slots("7", "-1")).containsExactly(0, 1);
        assertThat(slots("7", "")).containsExactly(0, 1);
        assertThat(slots("7", "123456")).containsExactly(0, 1);
        assertThat(slots("7", "x")).containsExactly(0, 1);
        assertThat(slots("7", "1:")).containsExactly(0, 1);
        assertThat(slots("7", "/1")).containsExactly(0, 1);
        pool.update(List.of(tagged("a", "7"), Servers.of("b")));
        assertThat(slots()).containsExactly(0, 1);
    }

    @Test
    void historyIsThereAgainWhenTagsGo() {
        pool.update(List.of(tagged("a", "5"), tagged("c", "6")));
        assertThat(slots()).containsExactly(5, 6);
        pool.update(Servers.list("a", "c"));
        assertThat(slots()).containsExactly(0, 2);
    }
}
