package org.lb4j.client.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.lb4j.Server;

/** A server without TLS that answers whatever it gets as HTTP servers answer a handshake: 400. */
public final class PlainPort implements AutoCloseable {
    private final ServerSocket plain = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

    /**
     * Starts one.
     *
     * @throws IOException if there is none
     */
    public PlainPort() throws IOException {
        Thread thread = new Thread(this::accept, "plain-port");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!plain.isClosed()) {
            try (Socket each = plain.accept()) {
                each.getInputStream().read(new byte[16_384]); // the whole handshake, else closing would reset
                each.getOutputStream()
                        .write("HTTP/1.1 400 Plain\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException left) {
                // the next one, or none
            }
        }
    }

    /**
     * It, for a pool.
     *
     * @return its address
     */
    public Server server() {
        return Server.of("127.0.0.1", plain.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
