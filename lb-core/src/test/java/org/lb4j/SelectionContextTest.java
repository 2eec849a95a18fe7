package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lb4j.hash.HashFunction;
import org.lb4j.testing.Pools;
import org.lb4j.testing.Servers;

final class SelectionContextTest {
    private static final long XXH64_ABC = 0x44bc2cf5ad770999L;
    private static final long MD5_ABC = 0x900150983cd24fb0L;
    private static final long SHA1_ABC = 0xa9993e364706816aL;

    @Test
    void noWishIsOneObject() {
        assertThat(SelectionContext.none()).isSameAs(SelectionContext.none());
        assertThat(SelectionContext.none().hasKey()).isFalse();
        assertThat(SelectionContext.none().excludesAny()).isFalse();
    }

    @Test
    void aKeyIsHashedByXxh64AndDigestedByWhatThePickerAsksFor() {
        SelectionContext context = SelectionContext.key("abc");
        assertThat(context.keyHash()).isEqualTo(XXH64_ABC);
        assertThat(context.keyHash(HashFunction.XXH64)).isEqualTo(XXH64_ABC);
        assertThat(context.keyHash(HashFunction.MD5)).isEqualTo(MD5_ABC);
        assertThat(context.keyHash(HashFunction.SHA1)).isEqualTo(SHA1_ABC);
        assertThat(context.keyHash(HashFunction.MD5)).isEqualTo(MD5_ABC);
    }

    @Test
    void aKeyIsTheSameWhateverKindOfTextItIs() {
        assertThat(SelectionContext.key(java.nio.CharBuffer.wrap("abc")).keyHash())
                .isEqualTo(XXH64_ABC);
    }

    @Test
    void theEmptyKeyIsAKey() {
        assertThat(SelectionContext.key("").hasKey()).isTrue();
        assertThat(SelectionContext.key("").keyHash()).isEqualTo(0xef46db3751d8e999L);
    }

    @Test
    void aKeyGivenAsHashIsTakenAsItIsWhateverTheFunction() {
        SelectionContext context = SelectionContext.key(-7L);
        assertThat(context.hasKey()).isTrue();
        assertThat(context.keyHash()).isEqualTo(-7);
        assertThat(context.keyHash(HashFunction.MD5)).isEqualTo(-7);
        assertThat(SelectionContext.key(0L).hasKey()).isTrue();
    }

    @Test
    void exclusionIsByIdWhateverElseChangedSince() {
        ServerPool pool = Pools.of("a*3", "b");
        SelectionContext context = SelectionContext.none().excluding(Servers.of("a"));
        assertThat(context.excludesAny()).isTrue();
        assertThat(context.excludes(pool.member("a"))).isTrue();
        assertThat(context.excludes(pool.member("b"))).isFalse();
    }

    @Test
    void whatIsDerivedLeavesTheOriginalAndKeepsTheKey() {
        ServerPool pool = Pools.of("a", "b");
        SelectionContext key = SelectionContext.key("abc");
        SelectionContext retry = key.excluding(Servers.of("a")).preferring("b");
        assertThat(key.excludesAny()).isFalse();
        assertThat(retry.keyHash(HashFunction.MD5)).isEqualTo(MD5_ABC);
        assertThat(retry.excludes(pool.member("a"))).isTrue();
        assertThat(retry.excluding(Servers.of("a"))).isSameAs(retry);
    }

    @Test
    void aPreferenceNeedsAnId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelectionContext.only(null))
                .withMessage("server id must be given, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelectionContext.none().preferring(null))
                .withMessage("server id must be given, was null");
    }

    @Test
    void textSaysEverythingButTheKey() {
        assertThat(SelectionContext.none()).hasToString("context()");
        assertThat(SelectionContext.key("abc").excluding(Servers.of("a")).preferring("b"))
                .hasToString("context(key 44bc2cf5ad770999 preferring b excluding [a])");
        assertThat(SelectionContext.only("b")).hasToString("context(only b)");
    }
}
