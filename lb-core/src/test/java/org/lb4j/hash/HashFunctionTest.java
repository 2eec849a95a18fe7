package org.lb4j.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HashFunctionTest {
    @Test
    void digestsMeetTheirPublishedVectors() {
        assertThat(HexFormat.of().formatHex(Digests.md5().digest("abc".getBytes(UTF_8))))
                .isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(HexFormat.of().formatHex(Digests.sha1().digest("abc".getBytes(UTF_8))))
                .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    @Test
    void aDigestGivesItsFirstEightBytesBigEndian() {
        assertThat(HashFunction.MD5.hash("abc")).isEqualTo(0x900150983cd24fb0L);
        assertThat(HashFunction.SHA1.hash("abc")).isEqualTo(0xa9993e364706816aL);
        assertThat(HashFunction.XXH64.hash("abc")).isEqualTo(0x44bc2cf5ad770999L);
    }

    @Test
    void textAndItsUtf8BytesAgree() {
        for (HashFunction function : HashFunction.values())
            for (String text : new String[] {"", "abc", "grüße", "\uD83D\uDE00", "a\uD83D", "x".repeat(200)})
                assertThat(function.hash(text))
                        .as("%s of %s", function, text)
                        .isEqualTo(function.hash(text.getBytes(UTF_8)));
    }

    @Test
    void computationsAreIndependent() {
        var first = Digests.md5();
        first.update((byte) 1);
        assertThat(Digests.md5().digest()).isNotEqualTo(first.digest());
    }
}
