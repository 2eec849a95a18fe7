package org.lb4j.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lb4j.Outcome;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What is logged, and how little. */
final class LogLinesTest {
    /** A logger that keeps its lines. */
    private static final class Lines extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1;
        private final transient List<String> lines = new ArrayList<>();

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private final Lines log = new Lines();
    private final World world = new World("a", "b", "c");

    @Test
    void oneLineAChange() {
        world.checker(settings -> settings.log(log));
        world.seconds(10);
        log.lines.clear();
        world.hangs("a");
        while (world.events(HealthEvent.Kind.DOWN).isEmpty()) world.seconds(0.1);
        world.passes("a");
        world.seconds(60);
        assertThat(log.lines)
                .containsExactly(
                        "WARN server a:80 down: 3 probes failed in a row, last TIMEOUT after 1000 ms",
                        "INFO server a:80 up: 2 probes passed in a row");
    }

    @Test
    void aDryRunSaysSo() {
        world.fails("a");
        world.checker(settings -> settings.log(log).dryRun(true));
        world.seconds(30);
        assertThat(log.lines)
                .contains("WARN server a:80 down (dry run): 3 probes failed in a row, last STATUS status 500");
    }

    @Test
    void atMostOneLineASecondForAServerAndTheLastIsNeverLost() {
        HealthChecker checker = world.checker(settings -> settings.log(log));
        world.seconds(10);
        log.lines.clear();
        for (String word : new String[] {"drain", "up", "50%", "drain", "up"}) {
            checker.heard(world.pool.member("a:80").server(), word);
            world.seconds(0.1);
        }
        world.seconds(10);
        assertThat(log.lines)
                .containsExactly(
                        "INFO server a:80 draining: it said drain", "INFO server a:80 up: it said up (+3 more)");
    }

    @Test
    void nothingIsLoggedPerCall() {
        OutlierDetector.builder(world.pool).scheduler(world.scheduler).log(log).start();
        world.checker(settings -> settings.log(log));
        world.seconds(10);
        log.lines.clear();
        for (int i = 0; i < 1000; i++) world.call("b", i % 50 == 0 ? Outcome.FAILURE : Outcome.SUCCESS);
        world.seconds(10);
        assertThat(log.lines).isEmpty();
    }
}
