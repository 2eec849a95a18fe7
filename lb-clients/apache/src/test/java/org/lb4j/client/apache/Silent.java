package org.lb4j.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.lb4j.Server;

/** A server whose queue of connections is full, and nobody accepts them: the kernel answers no SYN. */
final class Silent implements AutoCloseable {
    private final List<Socket> queue = new ArrayList<>();
    private final ServerSocket socket;

    Silent() throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try {
            while (queue.size() < 100) {
                Socket each = new Socket();
                queue.add(each);
                each.connect(socket.getLocalSocketAddress(), 300);
            }
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException("this kernel queues more than 100 connections");
    }

    Server server() {
        InetSocketAddress address = (InetSocketAddress) socket.getLocalSocketAddress();
        return Server.of(address.getAddress().getHostAddress(), address.getPort());
    }

    @Override
    public void close() throws IOException {
        for (Socket each : queue) each.close();
        socket.close();
    }
}
