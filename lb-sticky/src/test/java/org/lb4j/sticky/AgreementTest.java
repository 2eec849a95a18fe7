package org.lb4j.sticky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lb4j.sticky.Agreement.KEYS;
import static org.lb4j.sticky.Agreement.SERVERS;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Server;
import org.lb4j.ServerPool;
import org.lb4j.testing.Pools;
import org.slf4j.Logger;

/**
 * What all processes must agree on is written down in {@code agreement.txt}: tokens, and the homes of session keys. The file
 * changes when the format of tokens or the order of homes does, which loses the sessions of all users;
 * {@link Agreement#main} prints it.
 */
final class AgreementTest {
    private static final String FILE = "agreement.txt";

    @Test
    void s15AProcessOfOtherStartOrderAndAddressesAgreesOnEveryTokenAndEveryHome() throws IOException {
        List<String> written = written();
        assertThat(written).hasSize(SERVERS + 4 * KEYS);
        for (int process = 0; process < 5; process++)
            assertThat(Agreement.lines(process)).isEqualTo(written);
    }

    @Test
    void s15SoDoJvmsOfOtherLanguageEncodingTimeAndCompiler(@TempDir Path folder) throws Exception {
        List<Process> processes = List.of(
                launch(folder, 1, "-Duser.language=tr", "-Duser.timezone=Pacific/Apia", "-Dfile.encoding=US-ASCII"),
                launch(folder, 2, "-Duser.language=ar", "-Duser.timezone=America/St_Johns", "-Xint"));
        for (Process each : processes) assertThat(each.waitFor()).isZero();
        for (int process = 1; process <= 2; process++)
            assertThat(Files.readAllLines(folder.resolve("process" + process))).isEqualTo(written());
    }

    private static Process launch(Path folder, int process, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), Agreement.class.getName(), String.valueOf(process)));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("process" + process).toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // that no logger is bound
                .start();
    }

    private static String classPath() throws URISyntaxException {
        Path file = Path.of(AgreementTest.class.getResource(FILE).toURI());
        Path tests = file.resolve("../../../..").normalize(); // out of org.lb4j.sticky
        return String.join(
                File.pathSeparator,
                tests.toString(),
                place(StickyCookie.class),
                place(ServerPool.class),
                place(Pools.class),
                place(Caffeine.class),
                place(Logger.class));
    }

    private static String place(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    @Test
    void s15AProcessReadsTheTokensOfOthers() throws IOException {
        World world = Agreement.world(3);
        StickyCookie cookies = Agreement.cookies(world);
        for (String line : written()) {
            String[] words = line.split(" ", -1);
            if (!words[0].equals("token")) continue;
            World.Answer answer = world.serve(cookies.read("lb=" + words[2]));
            assertThat(answer).isEqualTo(new World.Answer(words[1], new Settled(StickyOutcome.HIT, null)));
        }
    }

    /** The table of docs/stickiness.md once more, with nothing but the JDK. */
    @Test
    void aTokenIsWhatTheDocumentSays() throws Exception {
        World world = new World();
        world.pool.update(List.of(Server.builder("10.0.0.1:80").id("sérver").build()));
        Browser browser = new Browser(world, world.cookie().scope("shöp").build());
        browser.call();
        byte[] scope = World.bytes("shöp");
        byte[] id = World.bytes("sérver");
        byte[] date = date(Duration.between(Instant.parse("2026-01-01T00:00:00Z"), world.clock.instant())
                .toMinutes());
        byte[] kid = Arrays.copyOf(hmac(World.KEY, World.bytes("lb4j kid")), 1);
        byte[] ref =
                Arrays.copyOf(hmac(hmac(World.KEY, World.bytes("lb4j ref")), length(scope), scope, length(id), id), 8);
        byte[] mac = Arrays.copyOf(
                hmac(
                        hmac(World.KEY, World.bytes("lb4j mac")),
                        World.bytes("v1"),
                        length(scope),
                        scope,
                        date,
                        date,
                        ref),
                12);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(joined(kid, date, date, ref, mac));
        assertThat(browser.token()).isEqualTo("v1." + text);
    }

    private static byte[] hmac(byte[] key, byte[]... message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(joined(message));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    private static byte[] length(byte[] field) {
        return ByteBuffer.allocate(4).putInt(field.length).array();
    }

    private static byte[] date(long minutes) {
        return Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(minutes).array(), 5, 8);
    }

    private static List<String> written() throws IOException {
        try (InputStream file = AgreementTest.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
