package org.lb4j.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Single key presses, from a terminal that has {@code stty}. */
final class Keys implements AutoCloseable {
    private final String before;
    private final Thread restore = new Thread(this::restore, "restore terminal");

    private Keys(String before) {
        this.before = before;
        Runtime.getRuntime().addShutdownHook(restore);
    }

    /** Whether people sit in front of this: input and output are a terminal that can be asked for keys. */
    static boolean available() {
        return terminal("test -t 0 && test -t 1 && stty -g >/dev/null");
    }

    static Keys listen() throws IOException {
        Process asked = new ProcessBuilder("sh", "-c", "stty -g </dev/tty").start();
        String before;
        try (InputStream said = asked.getInputStream()) {
            before = new String(said.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
        if (!before.matches("[0-9a-f:]+")) throw new IOException("this terminal gives no keys");
        terminal("stty -icanon -echo min 0 time 0");
        return new Keys(before);
    }

    /** The key that was pressed; 0: none. */
    char pressed() throws IOException {
        return System.in.available() > 0 ? (char) System.in.read() : 0;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(restore);
        restore();
    }

    private void restore() {
        terminal("stty " + before);
    }

    private static boolean terminal(String command) {
        try {
            Process process =
                    new ProcessBuilder("sh", "-c", command).inheritIO().start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
