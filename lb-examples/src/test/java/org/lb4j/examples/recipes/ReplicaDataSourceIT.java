package org.lb4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lb4j.Outcome;
import org.lb4j.ServerPool;
import org.lb4j.algorithm.Algorithms;
import org.lb4j.failover.FailedAttempts;

/** Three real databases, of which some are stopped. */
final class ReplicaDataSourceIT {
    private Replica a;
    private Replica b;
    private Replica c;
    private ServerPool replicas;
    private ReplicaDataSource source;
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws SQLException {
        a = Replica.named("a");
        b = Replica.named("b");
        c = Replica.named("c");
        replicas = ServerPool.of(List.of(a.server(), b.server(), c.server()));
        replicas.onCall(server -> (start, answered, now, outcome) -> outcomes.add(outcome));
        source = new ReplicaDataSource(replicas.selector(Algorithms.leastConnections()), Replica::source);
    }

    @AfterEach
    void stop() throws SQLException {
        assertThat(replicas.inFlight()).isZero();
        replicas.close();
        for (Replica each : List.of(a, b, c)) each.close();
    }

    private static String name(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("select name from replica")) {
            names.next();
            return names.getString(1);
        }
    }

    @Test
    void openConnectionsAreSpreadAndInFlightUntilTheyAreClosed() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection one = source.getConnection();
                Connection two = source.getConnection();
                Connection three = source.getConnection()) {
            for (Connection each : List.of(one, two, three)) names.add(name(each));
            assertThat(replicas.inFlight()).isEqualTo(3);
            one.close();
            assertThat(replicas.inFlight()).isEqualTo(2);
        }
        assertThat(names).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(outcomes)
                .as("closed twice, ended once")
                .containsOnly(Outcome.SUCCESS)
                .hasSize(3);
    }

    @Test
    void aDatabaseThatIsStoppedIsPassedOver() throws SQLException {
        b.stop();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            try (Connection connection = source.getConnection()) {
                names.add(name(connection));
            }
        }
        assertThat(names).hasSize(12).containsOnly("a", "c");
    }

    @Test
    void aConnectionThatBreaksCountsAgainstItsServer() throws SQLException {
        try (Connection connection = source.getConnection()) {
            String broken = name(connection);
            for (Replica each : List.of(a, b, c)) if (name(each).equals(broken)) each.stop();
            outcomes.clear();
            assertThatThrownBy(() -> name(connection)).isInstanceOf(SQLException.class);
            assertThat(outcomes).containsExactly(Outcome.FAILURE);
        }
        assertThat(outcomes).containsExactly(Outcome.FAILURE);
    }

    private String name(Replica replica) throws SQLException {
        try (Connection direct = Replica.source(replica.server()).getConnection()) {
            return name(direct);
        }
    }

    @Test
    void aBadStatementSaysNothingAgainstTheServer() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select nothing from nowhere"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(outcomes).containsExactly(Outcome.SUCCESS);
    }

    @Test
    void aWrongPasswordIsNotTriedOnAllServers() {
        assertThatThrownBy(() -> source.getConnection("sa", "wrong"))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        assertThat(outcomes).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void whenAllAreStoppedTheLastOneSaysSoAndTheOthersAreTold() {
        for (Replica each : List.of(a, b, c)) each.stop();
        assertThatThrownBy(() -> source.getConnection())
                .isInstanceOf(SQLException.class)
                .satisfies(thrown -> assertThat(FailedAttempts.in(thrown)).hasMessageStartingWith("3 attempts"));
    }

    @Test
    void whatIsInsideIsTheDriversOwn() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.unwrap(JdbcConnection.class)).isNotNull();
            assertThat(statement.getConnection()).isNotInstanceOf(JdbcConnection.class);
            assertThat(Set.of(connection).contains(connection))
                    .as("equal to itself")
                    .isTrue();
        }
    }
}
