package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short form: the kept corpus, and seeded mutations of it. The long one is {@code mvn -Pfuzz -pl lb-sticky -am verify}. */
final class CookieFuzzTest {
    private static final Path CORPUS = Path.of("src", "test", "fuzz", "cookies");
    private static final int MUTATIONS = 100_000;
    private static final byte[] TELLING =
            "lb=; \t\"$,\n\r\0A1v.-_\u007f".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    @Test
    void theKeptCorpusHolds() throws IOException {
        List<byte[]> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThan(20);
        corpus.forEach(CookieFuzz::fuzzerTestOneInput);
    }

    @Test
    void seededMutationsOfTheCorpusHold() throws IOException {
        List<byte[]> corpus = corpus();
        for (long seed = 0; seed < MUTATIONS; seed++) {
            byte[] input = mutation(corpus, new Random(seed));
            try {
                CookieFuzz.fuzzerTestOneInput(input);
            } catch (RuntimeException | AssertionError thrown) {
                fail("seed " + seed + ": " + Arrays.toString(input), thrown);
            }
        }
    }

    private static List<byte[]> corpus() throws IOException {
        List<byte[]> corpus = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.sorted().toList()) corpus.add(Files.readAllBytes(file));
        }
        return corpus;
    }

    /** Two of the corpus, cut and joined, and some bytes changed. */
    private static byte[] mutation(List<byte[]> corpus, Random random) {
        byte[] head = corpus.get(random.nextInt(corpus.size()));
        byte[] tail = corpus.get(random.nextInt(corpus.size()));
        int cut = random.nextInt(Math.min(head.length, 400) + 1);
        int from = tail.length - random.nextInt(Math.min(tail.length, 400) + 1);
        byte[] joined = Arrays.copyOf(head, cut + tail.length - from);
        System.arraycopy(tail, from, joined, cut, tail.length - from);
        for (int i = random.nextInt(4); i > 0 && joined.length > 0; i--) {
            int at = random.nextInt(joined.length);
            boolean telling = random.nextInt(4) > 0;
            joined[at] = telling ? TELLING[random.nextInt(TELLING.length)] : (byte) random.nextInt(256);
        }
        return joined;
    }
}
