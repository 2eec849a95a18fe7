package org.lb4j.examples.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lb4j.Server;
import org.lb4j.testing.Program;

/** A real redis-server in a folder of its own, that writes nothing to disk. */
final class Redis implements AutoCloseable {
    private final int port;
    private final Program program;

    private Redis(int port, Program program) {
        this.port = port;
        this.program = program;
    }

    static Redis primary(Path parent) throws IOException {
        return start(parent, List.of());
    }

    static Redis replicaOf(Redis primary, Path parent) throws IOException {
        return start(parent, List.of("--replicaof", "127.0.0.1 " + primary.port));
    }

    private static Redis start(Path parent, List<String> more) throws IOException {
        int port = Program.freePort();
        Path folder = Files.createDirectory(parent.resolve("redis-" + port));
        List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + port));
        command.addAll(List.of("--dir", folder.toString(), "--save", "", "--appendonly", "no"));
        command.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
        command.addAll(more);
        Program program = Program.start(folder, command.toArray(String[]::new));
        program.awaitPort(port);
        return new Redis(port, program);
    }

    Server server() {
        return Server.of("127.0.0.1", port);
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        ProcessHandle process = ProcessHandle.of(program.pid()).orElseThrow();
        program.kill();
        process.onExit().join();
    }

    @Override
    public void close() {
        program.close();
    }
}
