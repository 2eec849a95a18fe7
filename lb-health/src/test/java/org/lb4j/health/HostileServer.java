package org.lb4j.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.lb4j.Server;

/** A real socket that does to each connection what it is told, and counts what it saw. */
final class HostileServer implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong written = new AtomicLong();

    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What happens to one connection after its first request has been read. */
    interface Behaviour {
        void serve(Talk talk) throws Exception;
    }

    private HostileServer(InetAddress address, int port, Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            socket = new ServerSocket(port, 2000, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    static HostileServer that(Behaviour behaviour) {
        return new HostileServer(InetAddress.getLoopbackAddress(), 0, behaviour);
    }

    /** Answers each request with this text, as it stands. */
    static HostileServer saying(String text) {
        return that(answering(text));
    }

    /** The same at an address, and at a port or, if that is 0, any. */
    static HostileServer at(String address, int port, String text) throws IOException {
        return new HostileServer(InetAddress.getByName(address), port, answering(text));
    }

    private static Behaviour answering(String text) {
        return talk -> {
            do talk.say(text);
            while (talk.nextRequest());
        };
    }

    /** A good answer with this body. */
    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    Server server() {
        return Server.of("127.0.0.1", socket.getLocalPort());
    }

    int port() {
        return socket.getLocalPort();
    }

    int open() {
        return open.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                open.add(connection);
                thread(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            Talk talk = new Talk(connection);
            if (talk.nextRequest()) behaviour.serve(talk);
        } catch (Exception brokenByTheOther) {
            return;
        } finally {
            open.remove(connection);
        }
    }

    private static void thread(Runnable body) {
        Thread thread = new Thread(body, "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            socket.close();
            for (Socket each : open) each.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection. */
    final class Talk {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** Reads to the end of its headers. */
        boolean nextRequest() throws IOException {
            int row = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') row++;
                else if (c != '\r') row = 0;
                if (row == 2) {
                    requests.incrementAndGet();
                    return true;
                }
            }
            return false;
        }

        Talk say(String text) throws IOException {
            return say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Talk say(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            written.addAndGet(bytes.length);
            return this;
        }

        /** Says nothing more until the other side ends the connection. */
        void hang() throws IOException {
            while (in.read() >= 0) continue;
        }

        /** Waits, unless the test is over. */
        void pause(long millis) throws InterruptedException {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) throw new InterruptedException();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
