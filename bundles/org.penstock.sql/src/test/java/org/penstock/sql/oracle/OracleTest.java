package org.penstock.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.penstock.servers.EmbeddedCluster;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Dialect;
import org.penstock.sql.ServerFamily;

/** The oracle over a small corpus of our own, with the embedded server. */
class OracleTest {

    @Test
    void shouldAgreeWithTheServerWhenItIsReadOnly() throws Exception {
        Path corpus = Path.of(
                Objects.requireNonNull(OracleTest.class.getResource("own.test")).toURI());
        Dialect dialect = new Dialect(ServerFamily.MARIADB, 110405, 0, ClientCharset.ASCII_BASED);
        try (EmbeddedCluster cluster = EmbeddedCluster.builder()
                        .replicas(0)
                        .setup("CREATE USER oracle@'%' IDENTIFIED BY 'oracle'")
                        .setup("GRANT ALL ON *.* TO oracle@'%' WITH GRANT OPTION")
                        .start();
                Oracle oracle = new Oracle(cluster.primary().port(), "oracle", "oracle", dialect)) {
            oracle.judge("own", MysqlTestFile.statements(corpus));

            OracleCounts counts = oracle.counts();
            assertThat(counts.unsafe).isEmpty();
            assertThat(counts.missedState).isEmpty();
            assertThat(counts.refused).as("%s", counts).isGreaterThan(40);
            assertThat(counts.selects).as("%s", counts).isGreaterThan(25);
            // SELECT f1(): a stored function that happens to be harmless.
            assertThat(counts.keptFromReplicas).as("%s", counts).hasSizeLessThanOrEqualTo(1);
            System.out.println(counts);
        }
    }
}
