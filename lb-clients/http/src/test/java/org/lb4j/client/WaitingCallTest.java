package org.lb4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Outcome;
import org.lb4j.SelectionContext;
import org.lb4j.Server;
import org.lb4j.client.testing.Fleet;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Repeat;

/** The loop of clients that wait, and the stream that they hand out. */
final class WaitingCallTest {
    private final Fleet fleet = new Fleet();
    private final List<String> dropped = new ArrayList<>();
    private Service service;

    @AfterEach
    void nothingIsLeftInFlight() {
        assertThat(fleet.pool().inFlight()).isZero();
    }

    private String call(WaitingCall<String, IOException> call) throws IOException {
        service = fleet.of(
                        settings -> settings.repeatOnStatus(503),
                        List.of(Server.of("127.0.0.1:1"), Server.of("127.0.0.1:2")))
                .all()
                .iterator()
                .next();
        Attempts attempts = Failover.defaults().attempts(service.selector(), SelectionContext.none(), Repeat.FREELY);
        return service.call(attempts, call);
    }

    /** Answers with a status and the number of the attempt. */
    private abstract class Answering implements WaitingCall<String, IOException> {
        @Override
        public String send(Attempt attempt) throws IOException {
            return (attempt.number() == 1 ? "503 #" : "200 #") + attempt.number();
        }

        @Override
        public ResponseHead head(String response) throws IOException {
            return new ResponseHead() {
                @Override
                public int status() {
                    return Integer.parseInt(response.substring(0, 3));
                }

                @Override
                public String header(String name) {
                    return null;
                }
            };
        }

        @Override
        public String deliver(Attempt attempt, String response) throws IOException {
            service.deliver(attempt, head(response)).ended();
            return response;
        }

        @Override
        public void drop(String response) throws IOException {
            dropped.add(response);
        }
    }

    @Test
    void whatDroppingABadAnswerThrowsDoesNotStopTheCall() throws IOException {
        for (Throwable thrown :
                List.of(new IOException("drop"), new IllegalStateException("drop"), new AssertionError("drop"))) {
            String answer = call(new Answering() {
                @Override
                public void drop(String response) throws IOException {
                    if (thrown instanceof IOException broken) throw broken;
                    if (thrown instanceof RuntimeException fault) throw fault;
                    throw (Error) thrown;
                }
            });
            assertThat(answer).isEqualTo("200 #2");
            assertThat(fleet.pool().inFlight()).isZero();
        }
    }

    @Test
    void anAnswerThatCanNotBeHandedOverIsDropped() {
        assertThatThrownBy(() -> call(new Answering() {
                    @Override
                    public String deliver(Attempt attempt, String response) {
                        service.deliver(attempt, new Status());
                        throw new NumberFormatException("ours");
                    }
                }))
                .isInstanceOf(NumberFormatException.class);
        assertThat(dropped).containsExactly("503 #1", "200 #2");
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE, Outcome.CANCELLED);
    }

    @Test
    void anAnswerWithoutAHeadIsDroppedBeforeAnotherIsAskedFor() throws IOException {
        String answer = call(new Answering() {
            @Override
            public ResponseHead head(String response) throws IOException {
                if (response.startsWith("503")) throw new IOException("no head");
                return super.head(response);
            }
        });
        assertThat(answer).isEqualTo("200 #2");
        assertThat(dropped).containsExactly("503 #1");
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE, Outcome.SUCCESS);
    }

    private static final class Status implements ResponseHead {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public String header(String name) {
            return null;
        }
    }

    @Test
    void whatIsSkippedCountsAsRead() throws IOException {
        try (InputStream whole = stream(100, 100)) {
            whole.skipNBytes(60);
            assertThat(whole.skip(-1)).isZero();
            assertThat(whole.skip(60)).isEqualTo(40);
            assertThat(whole.read()).isEqualTo(-1);
        }
        assertThat(fleet.ends()).containsExactly(Outcome.SUCCESS);
        try (InputStream cutShort = stream(60, 100)) {
            assertThat(cutShort.skip(100)).isEqualTo(60);
        }
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    @Test
    void aStreamThatBreaksWhileItIsSkippedIsBrokenAndNoneIsReadTwice() throws IOException {
        InputStream breaking = stream(InputStream.nullInputStream(), 5);
        assertThat(breaking.markSupported()).isFalse();
        breaking.mark(5);
        assertThatThrownBy(breaking::reset).hasMessage("mark/reset not supported");
        assertThat(breaking.skip(5)).isZero();
        assertThat(fleet.ends()).containsExactly(Outcome.FAILURE);
    }

    private InputStream stream(int bytes, long promised) throws IOException {
        return stream(new ByteArrayInputStream(new byte[bytes]), promised);
    }

    private InputStream stream(InputStream bytes, long promised) throws IOException {
        fleet.ends().clear();
        List<Delivery> delivered = new ArrayList<>();
        call(new Answering() {
            @Override
            public String send(Attempt attempt) {
                return "200 #" + attempt.number();
            }

            @Override
            public String deliver(Attempt attempt, String response) throws IOException {
                delivered.add(service.deliver(attempt, head(response)));
                return response;
            }
        });
        Delivery delivery = delivered.get(0);
        return new DeliveredStream(bytes, delivery, promised, delivery::broken);
    }
}
