package org.penstock.monitor.mysqlmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;

class MissingGrantTest {
    private static final SqlError NEW = new SqlError(
            1227,
            "42000",
            "Access denied; you need (at least one of) the SUPER, SLAVE MONITOR privilege(s) for this operation");
    private static final SqlError OLD = new SqlError(
            1227,
            "42000",
            "Access denied; you need (at least one of) the SUPER,REPLICATION CLIENT privilege(s) for this operation");
    private static final QueryResult READER = new QueryResult(List.of("reader"), List.of(List.of("mon@10.0.0.%")));

    @Test
    void shouldNameTheStatementThatTheMonitorsAccountNeeds() {
        assertThat(ServerProber.grant(NEW, READER)).endsWith("needs: GRANT SLAVE MONITOR ON *.* TO 'mon'@'10.0.0.%';");
        assertThat(ServerProber.grant(OLD, READER))
                .endsWith("needs: GRANT REPLICATION CLIENT ON *.* TO 'mon'@'10.0.0.%';");
        assertThat(ServerProber.grant(OLD, null))
                .contains("GRANT REPLICATION CLIENT ON *.* TO <the monitor's account>");
    }
}
