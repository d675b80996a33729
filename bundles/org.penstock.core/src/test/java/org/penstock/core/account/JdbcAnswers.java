package org.penstock.core.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.api.server.ServiceConnection;
import org.penstock.core.server.ServerSettings;
import org.penstock.core.server.Servers;

/**
 * Queries of an account source, asked over a connection of a driver.
 *
 * @param admin who may read the grant tables
 */
public record JdbcAnswers(Connection admin) implements ServiceConnection {
    @Override
    public CompletionStage<QueryResult> query(String sql) {
        try (Statement statement = admin.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData data = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.add(data.getColumnLabel(i));
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return CompletableFuture.completedFuture(new QueryResult(columns, rows));
        } catch (SQLException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public ServerView server() {
        return new Servers().add(ServerSettings.of("server1", "127.0.0.1", 1));
    }
}
