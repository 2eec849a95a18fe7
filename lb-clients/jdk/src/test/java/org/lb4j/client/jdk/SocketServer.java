package org.lb4j.client.jdk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.lb4j.Server;

/** A WebSocket server as small as one can be: echoes text, answers a close, and leaves or refuses when told. */
final class SocketServer implements AutoCloseable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    final List<String> handshakes = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket socket;
    private final int status;

    /**
     * @param status 101 to open; 0 to say nothing; any other to refuse
     */
    SocketServer(int status) {
        this.status = status;
        try {
            socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    Server server() {
        return Server.of("127.0.0.1", socket.getLocalPort());
    }

    int open() {
        return open.size();
    }

    /** Drops all connections without a closing handshake. */
    void dropAll() {
        open.forEach(SocketServer::quietly);
    }

    @Override
    public void close() {
        quietly(socket);
        dropAll();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
            OutputStream out = connection.getOutputStream();
            String key = handshake(in);
            if (status == 0) in.read();
            else if (status != 101) ascii(out, "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
            else {
                ascii(
                        out,
                        "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + accepted(key) + "\r\n\r\n");
                while (echo(in, out)) {}
            }
        } catch (IOException | NoSuchAlgorithmException left) {
            // a client that leaves is what many tests are about
        } finally {
            open.remove(connection);
        }
    }

    private String handshake(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        String key = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
            if (line.startsWith("Sec-WebSocket-Key: ")) key = line.substring("Sec-WebSocket-Key: ".length());
        }
        handshakes.add(head.toString());
        return key;
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) if (c != '\r') line.write(c);
        return line.toString(StandardCharsets.UTF_8);
    }

    private static String accepted(String key) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** Frames of up to 125 bytes, masked as a client's are. */
    private static boolean echo(DataInputStream in, OutputStream out) throws IOException {
        int kind = in.readUnsignedByte() & 15;
        byte[] text = new byte[in.readUnsignedByte() & 127];
        byte[] mask = in.readNBytes(4);
        in.readFully(text);
        for (int i = 0; i < text.length; i++) text[i] ^= mask[i % 4];
        if (kind == TEXT || kind == CLOSE) {
            out.write(128 | kind);
            out.write(text.length);
            out.write(text);
            out.flush();
        }
        return kind != CLOSE;
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "socket-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable closing) {
        try {
            closing.close();
        } catch (Exception gone) {
            // it is being thrown away
        }
    }
}
