package org.lb4j.examples.recipes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** A real H2 server over TCP, whose only table holds its name. */
final class Replica implements AutoCloseable {
    private final Server h2;
    private final Connection keeping;

    private Replica(Server h2, Connection keeping) {
        this.h2 = h2;
        this.keeping = keeping;
    }

    static Replica named(String name) throws SQLException {
        Server h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        Connection keeping = DriverManager.getConnection(url(h2.getPort()), "sa", "");
        try (Statement statement = keeping.createStatement()) {
            statement.execute("create table replica (name varchar) as select '" + name + "'");
        }
        return new Replica(h2, keeping);
    }

    /** In memory, and of a name of its own, since all servers share this JVM. */
    private static String url(int port) {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:replica-" + port;
    }

    static DataSource source(org.lb4j.Server server) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(url(server.port()));
        source.setUser("sa");
        return source;
    }

    org.lb4j.Server server() {
        return org.lb4j.Server.of("127.0.0.1", h2.getPort());
    }

    /** Stops listening and drops all connections. */
    void stop() {
        h2.stop();
    }

    @Override
    public void close() throws SQLException {
        h2.stop();
        if (!keeping.isValid(1)) return; // it was dropped, and the database with it
        keeping.close();
    }
}
