package org.lb4j.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of the system that runs while a test does: unprivileged, in a folder of its own, ended by its process id.
 *
 * <pre>{@code
 * try (Program nginx = Program.start(folder, "nginx", "-p", folder + "/", "-c", "nginx.conf")) {
 *     nginx.awaitPort(port);
 * }
 * }</pre>
 */
public final class Program implements AutoCloseable {
    private static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a program.
     *
     * @param folder where it runs and where its output is kept
     * @param command its name and arguments
     * @return ends it when closed
     * @throws IOException if it can not be started
     */
    public static Program start(Path folder, String... command) throws IOException {
        List<String> full = new ArrayList<>(List.of(command));
        Path found = find(command[0]);
        if (found == null) throw new IOException(command[0] + " is not installed");
        full.set(0, found.toString());
        Path output = folder.resolve(command[0] + ".out");
        Process process = new ProcessBuilder(full)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Program(process, output);
    }

    /**
     * Looks for a program.
     *
     * @param name as typed
     * @return where it is; null: nowhere
     */
    static @Nullable Path find(String name) {
        for (String folder : FOLDERS) {
            Path file = Path.of(folder, name);
            if (Files.isExecutable(file)) return file;
        }
        return null;
    }

    /**
     * A port that nobody listens on.
     *
     * @return free a moment ago
     * @throws IOException if there is none
     */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Waits until it listens.
     *
     * @param port on the loopback address
     * @throws IOException if it ended or does not listen in time, with its output
     */
    public void awaitPort(int port) throws IOException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE) {
            if (!process.isAlive()) break;
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("does not listen on port " + port + ": " + Files.readString(output));
    }

    /**
     * Its process id, for signals.
     *
     * @return the id
     */
    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
