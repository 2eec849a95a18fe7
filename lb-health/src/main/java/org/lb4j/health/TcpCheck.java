package org.lb4j.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lb4j.Server;

/** One TCP probe: lookup, connect, send, read what is expected, close. */
final class TcpCheck extends AddressedCheck {
    private static final int LINE = 257; // one more than the words may have: then a cut one is seen

    private final TcpEngine engine;
    private final Server server;
    private final ByteBuffer got;
    private @Nullable AsynchronousSocketChannel channel; // guarded by this
    private boolean released; // guarded by this

    TcpCheck(TcpEngine engine, Server server) {
        this.engine = engine;
        this.server = server;
        int expected = engine.probe().expected().length;
        this.got = ByteBuffer.allocate(engine.probe().words() ? Math.max(expected, LINE) : expected);
    }

    @Override
    void ask(InetAddress address) throws IOException {
        AsynchronousSocketChannel opened = engine.channel();
        synchronized (this) {
            channel = opened;
            if (released) {
                opened.close();
                return;
            }
        }
        opened.connect(
                new InetSocketAddress(address, server.port()),
                opened,
                new Then<Void>(
                        nothing -> send(opened, ByteBuffer.wrap(engine.probe().sent())), true));
    }

    private void send(AsynchronousSocketChannel to, ByteBuffer rest) {
        if (rest.hasRemaining()) to.write(rest, to, new Then<Integer>(n -> send(to, rest), false));
        else if (got.capacity() == 0) end(ProbeResult.pass());
        else read(to);
    }

    private void read(AsynchronousSocketChannel from) {
        from.read(
                got,
                from,
                new Then<Integer>(
                        n -> {
                            reach(Stage.ANSWERING);
                            ProbeResult result = look(n < 0);
                            if (result == null) read(from);
                            else end(result);
                        },
                        false));
    }

    /** The result; null: more is needed. */
    private @Nullable ProbeResult look(boolean ended) {
        byte[] expected = engine.probe().expected();
        int compared = Math.min(got.position(), expected.length);
        if (!Arrays.equals(got.array(), 0, compared, expected, 0, compared))
            return ProbeResult.fail(Reason.CONTENT, "the answer does not begin as expected");
        boolean whole = compared == expected.length;
        if (!whole)
            return ended ? ProbeResult.fail(Reason.PROTOCOL, "closed after " + got.position() + " bytes") : null;
        if (!engine.probe().words()) return ProbeResult.pass();
        String text = new String(got.array(), 0, got.position(), StandardCharsets.UTF_8);
        if (!ended && got.hasRemaining() && text.indexOf('\n') < 0) return null;
        return HealthWords.worse(ProbeResult.pass(), HealthWords.read(text));
    }

    @Override
    void failed(Throwable thrown) {
        end(Faults.of(thrown));
    }

    private void end(ProbeResult result) {
        complete(result);
        release();
    }

    @Override
    void release() {
        AsynchronousSocketChannel opened;
        synchronized (this) {
            released = true;
            opened = channel;
        }
        if (opened == null) return;
        try {
            opened.close();
        } catch (IOException closing) {
            return;
        }
    }

    /** What comes next; or the end, if the step has failed. */
    private final class Then<T> implements CompletionHandler<T, AsynchronousSocketChannel> {
        private final Consumer<T> next;
        private final boolean connecting;

        Then(Consumer<T> next, boolean connecting) {
            this.next = next;
            this.connecting = connecting;
        }

        @Override
        public void completed(T value, AsynchronousSocketChannel of) {
            try {
                next.accept(value);
            } catch (Throwable thrown) {
                end(Faults.of(thrown));
            }
        }

        @Override
        public void failed(Throwable thrown, AsynchronousSocketChannel of) {
            // An address without a route is reported as a plain IOException here.
            ProbeResult fault = Faults.of(thrown);
            boolean unreachable = connecting && fault.reason() == Reason.PROTOCOL;
            end(unreachable ? ProbeResult.fail(Reason.CONNECT, fault.detail()) : fault);
        }
    }
}
