package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RefsTest {
    private final TokenKey key = new TokenKey(World.KEY, "default");
    private final TokenKey older = new TokenKey(World.key('o'), "default");
    private final TokenKey[] keys = {key, older};

    @Test
    void eachKeyHasWordsOfItsOwnForEachServer() {
        Refs refs = Refs.of(keys, List.of("a", "b"), null, TokenKey::ref);
        for (TokenKey each : keys)
            for (String id : List.of("a", "b"))
                assertThat(refs.find(token(each, each.ref(id)))).isEqualTo(id);
        assertThat(refs.find(token(older, key.ref("a")))).isNull();
        assertThat(refs.find(token(key, key.ref("c")))).isNull();
        assertThat(key.ref("a")).isNotEqualTo(new TokenKey(World.KEY, "other").ref("a"));
    }

    @Test
    void whatIsHashedIsSeparated() {
        assertThat(new TokenKey(World.KEY, "a1").ref("1")).isNotEqualTo(new TokenKey(World.KEY, "a").ref("11"));
    }

    @Test
    void ofTwoServersWithOneRefBothAreRefusedAndItIsSaidOnce() {
        try (LogCapture log = new LogCapture()) {
            Refs refs = Refs.of(keys, List.of("a", "b", "c"), null, (by, id) -> id.equals("c") ? 3 : 7);
            assertThat(refs.find(token(key, 7))).isNull();
            assertThat(refs.ambiguous(token(key, 7))).isTrue();
            assertThat(refs.find(token(key, 3))).isEqualTo("c");
            Refs later = Refs.of(keys, List.of("a", "b", "c", "d"), refs, (by, id) -> 4);
            assertThat(later.find(token(key, 7))).isNull();
            assertThat(later.find(token(key, 4))).isEqualTo("d");
            assertThat(log.messages())
                    .hasSize(2)
                    .allMatch(message -> message.startsWith("Servers a and b have the same"));
        }
    }

    @Test
    void aServerMoreCostsOneHashAKey() {
        AtomicInteger hashes = new AtomicInteger();
        Refs refs = Refs.of(keys, List.of("a", "b"), null, (by, id) -> hashes.incrementAndGet());
        Refs.of(keys, List.of("b", "a", "c"), refs, (by, id) -> hashes.incrementAndGet());
        assertThat(hashes).hasValue(6);
    }

    private static Token token(TokenKey key, long ref) {
        return new Token(key, 0, 0, ref);
    }
}
