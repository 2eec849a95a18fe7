package org.lb4j.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.CharBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Xxh64Test {
    /** Of the bytes 0, 1, 2, .. n - 1, for n = 0 to 64, by the reference implementation. */
    private static final String[] SEED_0 = {
        "ef46db3751d8e999", "e934a84adb052768", "4865a00ba85b7cd6", "e5c7bb4533bc65dd", "ffced8604453cc1e",
        "dd0274386e26030c", "438e2507bf950423", "14cc643f630c72d2", "884a173614b81b8d", "67d85784a7c78c5b",
        "f76d60ec32541987", "652a564a95365aca", "424af23f1f08dca5", "13d17c4c779723a8", "5cda8b69bbfc1d45",
        "a948f5f0f6abac2d", "44b6ef2fb84169f7", "5603e60c527599b6", "50297af5a62c6c94", "f74e4b128deb27ae",
        "a3e3fbe96798d8ac", "742b5135879d8608", "e85325844a45e58b", "9261c231bda56181", "dd14a0292632be9b",
        "73f9acb5acbae666", "c2bf3773323881b0", "ac2d59a1653fcb2b", "1424bb04e9f164ff", "91b302cb6ee942e4",
        "76e444d8a036c867", "c346d2b59b4d8ee1", "cbf59c5116ff32b4", "0c535d1acafb8ead", "fcd5494424f0c640",
        "f8c4b2dacbdcba83", "dde0ef85e3aef05c", "d93fa2dfee5c24c9", "68367a0ec49135ca", "00a396ef1679a859",
        "f5da40f1b11741e9", "0cf5f0ea71233ff0", "4e096c2d626cbdc8", "599bd13c3d820df7", "a733d156db2bb292",
        "10fdd84d6409abdf", "f311d6de73d58535", "0d9883a03e7bfbb8", "8fe437632da06964", "feb66c71a897fc0f",
        "21044de93561a992", "1caae8c4c69354a7", "bafd7b56910eeafd", "9a0bc735db8cff3a", "40dff9f7804ed13a",
        "511cd496994ea839", "0cd869f80ff2b918", "714d82b2bae0ed0e", "471c1f758cb86bd7", "bf847336dbc5aa7d",
        "41b11a75c6f245c5", "ffe93b2f24455ed0", "66c42974c8c1ca8c", "e26aa9e2a95f8e4f", "f7c67301db6713f0",
    };

    private static final String[] SEED_42 = {
        "98b1582b0977e704", "83a7b47f8d92d727", "62c3198df6792a0f", "53897efcb08e44c3", "a40e4929efdeace0",
        "b39134312593e70e", "1560a52e4e85f34d", "3ec2863aeaf013fd", "9cde1e0fbac053a6", "911e6aa5b083af4a",
        "9d699d9527204f83", "dfd10ad4e5ae3cf7", "96dc211f0f14da00", "847041625f7bee19", "587eff9838c7ef28",
        "5211e07d49bdc77f", "59bddd550740a760", "f3edb6731a8b516a", "de789c2f727558fd", "d589dab98342e445",
        "3a7153a47c5d65b9", "13a1cb9e794ab6f3", "0250d11749cd548c", "cbcd11c5201af841", "30eb12e4b4f5b9e1",
        "543dc9cc90624b0c", "cc177e7bee8a8ca8", "ee662cf611065fd3", "15131604801508fd", "6edb3ff63e755f12",
        "c16842a1e0c44e76", "8340e23e22f83759", "8809e1ca0be25072", "1c682d8884811fdb", "04b6fd42b49a9d84",
        "8a20efee04612c07", "c900fbd7fa364624", "af8271614eb98a5b", "a5bea6c7e45c3edf", "6b1e6ff5cfc2e84d",
        "02a745038a573bfa", "dad64ace210b8ec9", "004884302ecffedc", "260096cc16c97d3e", "cbe637c986e6afb5",
        "d37922ba7dd114b4", "4c68ce28b220c943", "5d21f13ebd0d4a6c", "82418a221ef8ef25", "60432da2b126a864",
        "a35d484eb33fcb33", "b5a4215e814c4b04", "bb052edbedc9d214", "e6de284e405582d8", "f8d618c1992118e6",
        "11386fc5e55af7f2", "53bb4be4cbb2d6f4", "643dc50b15b355c9", "0c9ddf3238917a56", "15c1a9bd0dd0933d",
        "e615d410d13da289", "409a438b175485e5", "4a578026a478ef6e", "0288d608249c2eca", "ce47892c1e53be8e",
    };

    @Test
    void publishedVectorsAreMet() {
        assertThat(hex(Xxh64.hash(""))).isEqualTo("ef46db3751d8e999");
        assertThat(hex(Xxh64.hash("a"))).isEqualTo("d24ec4f1a98c6e5b");
        assertThat(hex(Xxh64.hash("abc"))).isEqualTo("44bc2cf5ad770999");
        assertThat(hex(Xxh64.hash("message digest"))).isEqualTo("066ed728fceeb3be");
        assertThat(hex(Xxh64.hash("Nobody inspects the spammish repetition"))).isEqualTo("fbcea83c8a378bf1");
        assertThat(hex(Xxh64.hash("é"))).isEqualTo("17d757dfb8b46f78");
        assertThat(hex(Xxh64.hash("message digest", 42))).isEqualTo("85fea12f652e06e9");
        assertThat(hex(Xxh64.hash("10.0.0.1:8080", 42))).isEqualTo("8a40b24e2818f6ea");
        assertThat(hex(Xxh64.hash("10.0.0.1:8080"))).isEqualTo("cb972177068eb685");
    }

    @Test
    void everyLengthOfBytesMeetsTheReference() {
        for (int n = 0; n <= 64; n++) {
            byte[] bytes = countedTo(n);
            assertThat(hex(Xxh64.hash(bytes))).as("%d bytes", n).isEqualTo(SEED_0[n]);
            assertThat(hex(Xxh64.hash(bytes, 0, n, 42)))
                    .as("%d bytes, seed 42", n)
                    .isEqualTo(SEED_42[n]);
        }
    }

    @Test
    void everyLengthOfTextMeetsTheReference() {
        for (int n = 0; n <= 64; n++) { // characters 0 to 63 are ASCII, one byte each
            String text = new String(countedTo(n), UTF_8);
            assertThat(hex(Xxh64.hash(text))).as("%d characters", n).isEqualTo(SEED_0[n]);
            assertThat(hex(Xxh64.hash(text, 42)))
                    .as("%d characters, seed 42", n)
                    .isEqualTo(SEED_42[n]);
            assertThat(hex(Utf8Xxh64.hash(text, 42)))
                    .as("%d characters, the long way", n)
                    .isEqualTo(SEED_42[n]);
        }
    }

    @Test
    void aNumberIsItsEightBytesLittleEndian() {
        assertThat(hex(Xxh64.hash(0x0706050403020100L))).isEqualTo(SEED_0[8]);
    }

    @Test
    void partOfAnArrayIsHashedAsIfItStoodAlone() {
        byte[] padded = new byte[100];
        System.arraycopy(countedTo(64), 0, padded, 17, 64);
        assertThat(hex(Xxh64.hash(padded, 17, 64, 0))).isEqualTo(SEED_0[64]);
        assertThat(hex(Xxh64.hash(padded, 100, 0, 0))).isEqualTo(SEED_0[0]);
    }

    @Test
    void aRangeOutsideTheArrayIsRefused() {
        assertThatThrownBy(() -> Xxh64.hash(new byte[10], 8, 3, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("3 bytes from 8 on, of 10");
        assertThatThrownBy(() -> Xxh64.hash(new byte[10], -1, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Xxh64.hash(new byte[10], 1, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Xxh64.hash(new byte[10], 2, Integer.MAX_VALUE, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Two to four bytes a character, across the edges of words and stripes, and surrogates without a partner. */
    @Test
    void anyTextIsHashedAsItsUtf8Bytes() {
        Random random = new Random(1);
        for (int round = 0; round < 50_000; round++) {
            String text = text(random, random.nextInt(80));
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(Xxh64.hash(text, round))
                    .as("round %d of seed 1", round)
                    .isEqualTo(Xxh64.hash(bytes, 0, bytes.length, round));
        }
    }

    @Test
    void whatKindOfTextItIsDoesNotMatter() {
        String text = "grüße-user-42-of-the-house-of-many-characters";
        assertThat(Xxh64.hash(CharBuffer.wrap(text))).isEqualTo(Xxh64.hash(text));
    }

    @Test
    void aSurrogateAloneIsAQuestionMark() {
        assertThat(Xxh64.hash("a\uD83D")).isEqualTo(Xxh64.hash("a?"));
        assertThat(Xxh64.hash("\uDE00\uD83D")).isEqualTo(Xxh64.hash("??"));
        assertThat(Xxh64.hash("\uD83D\uDE00")).isEqualTo(Xxh64.hash("\uD83D\uDE00".getBytes(UTF_8)));
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++)
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x800));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append((char) random.nextInt(0x80));
            }
        return text.toString();
    }

    private static byte[] countedTo(int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) bytes[i] = (byte) i;
        return bytes;
    }

    private static String hex(long hash) {
        return String.format("%016x", hash);
    }
}
