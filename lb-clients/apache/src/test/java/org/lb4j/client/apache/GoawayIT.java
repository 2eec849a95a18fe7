package org.lb4j.client.apache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lb4j.Outcome;
import org.lb4j.Server;
import org.lb4j.client.Services;
import org.lb4j.client.testing.Fleet;

/** A server that ends its HTTP/2 connections in good order, as nginx does each keepalive_requests. */
@Timeout(60)
final class GoawayIT {
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int WHOLE = 5; // END_HEADERS, END_STREAM
    private static final byte[] NOTHING = {};
    private static final byte[] AFTER_FIRST = {0, 0, 0, 1, 0, 0, 0, 0}; // the last stream, NO_ERROR
    private static final byte[] OK = {(byte) 0x88}; // :status 200 in the static table

    private final Fleet fleet = new Fleet();
    private final List<Integer> streams = new CopyOnWriteArrayList<>();
    private ServerSocket socket;

    @AfterEach
    void nothingIsLeftInFlight() throws IOException {
        fleet.close();
        socket.close();
    }

    /** The next request may be on its way to a connection that is being closed; POSTs to the only server there is. */
    @Test
    void connectionsThatEndAfterEachAnswerLoseNoPost() throws Exception {
        try (Caller caller = start(true)) {
            for (int i = 0; i < 50; i++)
                assertThat(caller.call("POST", "http://users/").status()).isEqualTo(200);
        }
        assertThat(streams).hasSize(50).containsOnly(1);
        assertThat(fleet.ends()).doesNotContain(Outcome.FAILURE, Outcome.TIMEOUT);
    }

    /** HttpClient 5.6 does not say that a stream was above the last one that the server took, only that all is over. */
    @Test
    void aGetThatComesTooLateForItsConnectionGoesOn() throws Exception {
        try (Caller caller = start(false)) {
            for (int i = 0; i < 4; i++)
                assertThat(caller.call("GET", "http://users/").status()).isEqualTo(200);
        }
        assertThat(streams).containsExactly(1, 3, 1, 3, 1, 3, 1);
    }

    /** @param inTime whether a connection is ended before the next request is on it */
    private Caller start(boolean inTime) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (!socket.isClosed()) {
                Socket connection = socket.accept();
                daemon(() -> serve(connection, inTime));
            }
        });
        Services services = fleet.of(service -> {}, List.of(Server.of("127.0.0.1", socket.getLocalPort())));
        TlsConfig onlyHttp2 = TlsConfig.custom()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .build();
        return Caller.async(
                HttpAsyncClients.custom()
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setDefaultTlsConfig(onlyHttp2)
                                .setMaxConnPerRoute(1)
                                .build()),
                services);
    }

    /** Answers the first request of a connection, and no other. */
    private void serve(Socket connection, boolean inTime) throws IOException {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
            write(out, SETTINGS, 0, 0, NOTHING);
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readNBytes(length);
                if (type == SETTINGS && flags != ACK) write(out, SETTINGS, ACK, 0, NOTHING);
                if (type != HEADERS) continue;
                streams.add(stream);
                if (inTime || stream > 1) write(out, GOAWAY, 0, 0, AFTER_FIRST);
                if (stream > 1) return;
                write(out, HEADERS, WHOLE, stream, OK);
            }
        }
    }

    private static void write(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeInt(payload.length << 8 | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    /** What a server does until its socket is closed. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException over) {
                // the other side has left
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
