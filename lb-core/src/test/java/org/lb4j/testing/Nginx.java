package org.lb4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lb4j.Server;

/**
 * A real nginx in a folder of its own, which answers with its number and closes each connection after five requests. One
 * process, since a worker outlives a master that is killed and answers on.
 *
 * <pre>{@code
 * try (Nginx one = Nginx.start(folder, 1)) { ... one.server() ... }
 * }</pre>
 */
public final class Nginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 256; }
            http {
              access_log %1$s/access.log;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 5;
              server {
                listen 127.0.0.1:%2$d%4$s;
                location / { return 200 "nginx-%3$d"; }
              }
            }
            """;

    private final Path folder;
    private final int port;
    private final Program program;

    private Nginx(Path folder, int port, Program program) {
        this.folder = folder;
        this.port = port;
        this.program = program;
    }

    /**
     * Starts one, on a free port.
     *
     * @param parent where its folder is made
     * @param number what it answers
     * @return it, listening
     * @throws IOException if it does not start
     */
    public static Nginx start(Path parent, int number) throws IOException {
        return start(parent, number, "");
    }

    /**
     * Starts one that speaks HTTP/2, without TLS, to those who know it; it ends a connection by GOAWAY.
     *
     * @param parent where its folder is made
     * @param number what it answers
     * @return it, listening
     * @throws IOException if it does not start
     */
    public static Nginx overHttp2(Path parent, int number) throws IOException {
        return start(parent, number, " http2");
    }

    private static Nginx start(Path parent, int number, String how) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("nginx-" + number));
        int port = Program.freePort();
        Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(folder, port, number, how));
        String[] command = {"nginx", "-p", folder.toString(), "-e", folder + "/error.log", "-c", folder + "/nginx.conf"
        };
        Program program = Program.start(folder, command);
        program.awaitPort(port);
        return new Nginx(folder, port, program);
    }

    /**
     * It, for a pool.
     *
     * @return its address
     */
    public Server server() {
        return Server.of("127.0.0.1", port);
    }

    /**
     * The requests that it has logged; all of them once it is closed.
     *
     * @return lines of its access log
     * @throws IOException if it can not be read
     */
    public long requests() throws IOException {
        try (var lines = Files.lines(folder.resolve("access.log"))) {
            return lines.filter(line -> line.contains(" HTTP/")).count();
        }
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }
}
