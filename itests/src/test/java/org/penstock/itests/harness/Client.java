package org.penstock.itests.harness;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One client's connection through a listener. */
public final class Client implements AutoCloseable {
    private final Connection connection;

    private Client(Connection connection) {
        this.connection = connection;
    }

    public static Client to(int port) throws SQLException {
        return to(port, "app", "app", "demo");
    }

    public static Client to(int port, String user, String password, String database) throws SQLException {
        return new Client(DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/" + database
                        + "?sslMode=disable&connectTimeout=60000&socketTimeout=120000&allowLocalInfile=false",
                user,
                password));
    }

    /** The first column of the first row; null for no row. */
    public String value(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
