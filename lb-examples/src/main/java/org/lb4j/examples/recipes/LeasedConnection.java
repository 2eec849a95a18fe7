package org.lb4j.examples.recipes;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.lb4j.Lease;

/**
 * A connection whose close ends the lease: well, unless the connection broke meanwhile. A proxy, since classes of our own
 * would have to name hundreds of methods, more with each JDK, and only a few are of interest.
 *
 * <p>Breakage shows in statements and results, not in the connection, so those are watched too. {@code unwrap} leads to the
 * driver's own.
 */
final class LeasedConnection {
    private final Connection connection;
    private final Lease lease;

    private LeasedConnection(Connection connection, Lease lease) {
        this.connection = connection;
        this.lease = lease;
    }

    static Connection of(Connection connection, Lease lease) {
        return new LeasedConnection(connection, lease).watched(Connection.class, connection);
    }

    private <T> T watched(Class<T> type, T target) {
        InvocationHandler handler = (proxy, method, arguments) -> invoke(proxy, target, method, arguments);
        return type.cast(
                Proxy.newProxyInstance(LeasedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object invoke(Object proxy, Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("equals") && arguments != null) return proxy == arguments[0];
        try {
            Object result = method.invoke(target, arguments);
            return result == null ? null : watchedIfItMayBreak(method.getReturnType(), result);
        } catch (InvocationTargetException thrown) {
            if (broken(thrown.getCause())) lease.failure(); // the first verdict is the one that counts
            throw thrown.getCause();
        } finally {
            boolean last = target == connection
                    && (method.getName().equals("close") || method.getName().equals("abort"));
            if (last) lease.success();
        }
    }

    private Object watchedIfItMayBreak(Class<?> type, Object result) {
        if (type == Connection.class) return of(connection, lease); // a statement's getConnection()
        boolean may = Statement.class.isAssignableFrom(type) || type == ResultSet.class;
        return may ? watchedAs(type, result) : result;
    }

    private <T> T watchedAs(Class<T> type, Object result) {
        return watched(type, type.cast(result));
    }

    /** SQLSTATE 08 is the class of connection failures; drivers use it, or these types, or both. */
    private static boolean broken(@Nullable Throwable thrown) {
        return thrown instanceof SQLRecoverableException
                || thrown instanceof SQLNonTransientConnectionException
                || thrown instanceof SQLTransientConnectionException
                || (thrown instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().startsWith("08"));
    }
}
