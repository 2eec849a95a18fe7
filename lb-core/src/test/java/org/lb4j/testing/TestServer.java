package org.lb4j.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.lb4j.Server;

/**
 * A small HTTP/1.1 server over plain sockets, which counts what reaches it and answers as the test says, badly too.
 *
 * <pre>{@code
 * try (TestServer one = TestServer.answering("one")) {
 *     client.get("http://" + one.server().hostPort() + "/");
 *     assertThat(one.hits()).isEqualTo(1);
 * }
 * }</pre>
 */
public final class TestServer implements AutoCloseable {
    /** What a server does with a request. */
    @FunctionalInterface
    public interface Answer {
        /**
         * Answers.
         *
         * @param request what came
         * @param out what goes
         * @throws IOException to close the connection
         */
        void to(Request request, Reply out) throws IOException;
    }

    /**
     * A request.
     *
     * @param method its method
     * @param target its raw target
     * @param headers its headers, names in lower case
     * @param body its body
     * @param number from 1, over all connections
     */
    public record Request(String method, String target, Map<String, String> headers, String body, int number) {}

    private final ServerSocket socket;
    private final Answer answer;
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private TestServer(ServerSocket socket, Answer answer) {
        this.socket = socket;
        this.answer = answer;
        this.acceptor = daemon("test-server", this::accept);
    }

    /**
     * A server that answers as told.
     *
     * @param answer what it does
     * @return the server, listening on the loopback address
     */
    public static TestServer of(Answer answer) {
        return on("127.0.0.1", answer);
    }

    /**
     * A server on another loopback address.
     *
     * @param host such as 127.0.0.2
     * @param answer what it does
     * @return the server
     */
    public static TestServer on(String host, Answer answer) {
        try {
            ServerSocket socket = new ServerSocket();
            return on(socket, host, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A server on a socket of another kind, for TLS.
     *
     * @param socket not bound
     * @param host such as 127.0.0.2
     * @param answer what it does
     * @return the server
     */
    public static TestServer on(ServerSocket socket, String host, Answer answer) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), 0), 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestServer server = new TestServer(socket, answer);
        server.acceptor.start();
        return server;
    }

    /**
     * A server that answers 200.
     *
     * @param body with this body
     * @return the server
     */
    public static TestServer answering(String body) {
        return of((request, out) -> out.send(200, body));
    }

    /**
     * It, for a pool.
     *
     * @return its address, without a scheme
     */
    public Server server() {
        return Server.of(socket.getInetAddress().getHostAddress(), socket.getLocalPort());
    }

    /**
     * Requests that reached it.
     *
     * @return the number of heads read
     */
    public int hits() {
        return hits.get();
    }

    /**
     * Connections that were opened to it.
     *
     * @return all so far
     */
    public int connections() {
        return connections.get();
    }

    /**
     * Connections that are open.
     *
     * @return as far as it has noticed
     */
    public int open() {
        return open.size();
    }

    /**
     * What reached it.
     *
     * @return in order of arrival
     */
    public List<Request> requests() {
        return requests;
    }

    /** Stops listening and drops all connections: from now on it refuses. */
    @Override
    public void close() {
        quietly(socket);
        leave(acceptor); // while it waits in accept() the port takes connections
        open.forEach(TestServer::quietly);
    }

    private static void leave(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(connection);
                daemon("test-connection", () -> serve(connection)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            Reply out = new Reply(connection);
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                answer.to(request, out);
            }
        } catch (IOException dropped) {
            // a connection that ends early is what many tests are about
        } finally {
            open.remove(connection);
        }
    }

    private Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) return null;
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int number = hits.incrementAndGet();
        String[] words = first.split(" ", -1);
        return new Request(words[0], words[1], headers, body(in, headers), number);
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length"))
            return text(in.readNBytes(Integer.parseInt(headers.get("content-length"))));
        StringBuilder all = new StringBuilder();
        if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return "";
        for (int size = size(in); size > 0; size = size(in)) {
            all.append(text(in.readNBytes(size)));
            line(in);
        }
        line(in);
        return all.toString();
    }

    private static int size(InputStream in) throws IOException {
        String size = line(in);
        if (size.isEmpty()) throw new EOFException("the client left within its body");
        return Integer.parseInt(size, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) if (c != '\r') line.append((char) c);
        return line.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void quietly(AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception gone) {
            // it is being thrown away
        }
    }

    /** The way back to the client. */
    public static final class Reply {
        private final Socket connection;

        private Reply(Socket connection) {
            this.connection = connection;
        }

        /**
         * Sends a whole response.
         *
         * @param status its status
         * @param body its body
         * @param headers whole lines
         * @throws IOException if the client is gone
         */
        public void send(int status, String body, String... headers) throws IOException {
            head(status, body.getBytes(StandardCharsets.UTF_8).length, headers);
            write(body);
        }

        /**
         * Sends a head that promises a body.
         *
         * @param status its status
         * @param length of the body
         * @param headers whole lines
         * @throws IOException if the client is gone
         */
        public void head(int status, int length, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Test\r\n");
            for (String header : headers) head.append(header).append("\r\n");
            write(head + "Content-Length: " + length + "\r\n\r\n");
        }

        /**
         * Sends raw text.
         *
         * @param text as it is
         * @throws IOException if the client is gone
         */
        public void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Sends raw bytes.
         *
         * @param bytes as they are
         * @throws IOException if the client is gone
         */
        public void write(byte[] bytes) throws IOException {
            OutputStream out = connection.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        /**
         * Closes the connection with an end of stream.
         *
         * @throws IOException as it does
         */
        public void drop() throws IOException {
            connection.close();
        }

        /**
         * Resets the connection.
         *
         * @throws IOException as it does
         */
        public void reset() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }

        /**
         * Says nothing until the client leaves.
         *
         * @throws IOException when it does
         */
        public void hang() throws IOException {
            if (connection.getInputStream().read() < 0) throw new IOException("the client left");
        }
    }
}
