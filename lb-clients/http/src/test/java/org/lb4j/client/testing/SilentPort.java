package org.lb4j.client.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.lb4j.Server;

/** A queue of connections that nobody accepts: once it is full, the kernel answers no SYN. */
public final class SilentPort implements AutoCloseable {
    private final ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> queue = new ArrayList<>();

    /**
     * Fills one.
     *
     * @throws IOException if there is none
     */
    public SilentPort() throws IOException {
        try {
            while (queue.size() < 100) {
                Socket each = new Socket();
                queue.add(each);
                each.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort()), 300);
            }
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException("this kernel queues more than 100 connections");
    }

    /**
     * It, for a pool.
     *
     * @return its address
     */
    public Server server() {
        return Server.of("127.0.0.1", silent.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        for (Socket each : queue) each.close();
        silent.close();
    }
}
