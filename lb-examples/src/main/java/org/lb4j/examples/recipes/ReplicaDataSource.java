package org.lb4j.examples.recipes;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lb4j.SelectionContext;
import org.lb4j.Selector;
import org.lb4j.Server;
import org.lb4j.failover.Failover;
import org.lb4j.failover.Failure;
import org.lb4j.failover.Repeat;

/**
 * A data source that takes each connection from one of several others: read replicas. A connection is in flight on its server
 * until it is closed; a server that can not be connected to is passed over.
 */
public final class ReplicaDataSource implements DataSource {
    private final Selector selector;
    private final Function<Server, DataSource> sources;
    private final Failover failover = Failover.builder()
            .untilAllTried()
            .timeout(Duration.ofSeconds(10))
            .classifier(thrown -> thrown instanceof SQLInvalidAuthorizationSpecException ? Failure.LOCAL : null)
            .build();

    /**
     * A data source over others.
     *
     * @param selector who chooses; of the algorithms {@code leastConnections()} is made for this
     * @param sources one for each server, with a pool of connections each, and the same one each time
     */
    public ReplicaDataSource(Selector selector, Function<Server, DataSource> sources) {
        this.selector = selector;
        this.sources = sources;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connected(DataSource::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return connected(source -> source.getConnection(user, password));
    }

    /** To connect twice does no more than once, so that is repeated freely; what is sent later never is. */
    private Connection connected(Connecting connecting) throws SQLException {
        return failover.call(selector, SelectionContext.none(), Repeat.FREELY, attempt -> {
            Connection connection = connecting.to(sources.apply(attempt.server()));
            attempt.lease().answered(); // its latency is that of connecting, not of what is done with it
            return LeasedConnection.of(connection, attempt.keepLease());
        });
    }

    /** One of the two ways to connect. */
    private interface Connecting {
        Connection to(DataSource source) throws SQLException;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw elsewhere();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw elsewhere();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw elsewhere();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) return type.cast(this);
        throw new SQLException("this is one data source over several: no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    private static SQLFeatureNotSupportedException elsewhere() {
        return new SQLFeatureNotSupportedException("this is a matter of the single data sources");
    }
}
