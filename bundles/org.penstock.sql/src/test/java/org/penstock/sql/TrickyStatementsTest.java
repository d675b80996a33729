package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.Types;

/** The table of statements on which classifiers go wrong, each with its route. */
class TrickyStatementsTest {

    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();

    record Row(int number, String strict, String route, String mode, String sql) {}

    static List<Row> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                        TrickyStatementsTest.class.getResourceAsStream("tricky-statements.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                Stream<String> all = lines.lines()) {
            return all.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(
                            Integer.parseInt(cells[0]), cells[1], cells[2], cells[3], cells[4].replace("\\n", "\n")))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldRouteAsTheTableSays(Row row) {
        classify(row);

        assertThat(route(true)).as("%s%n%s", row, describe()).isEqualTo(row.strict);
        assertThat(route(false)).as("%s%n%s", row, describe()).isEqualTo(row.route);
    }

    private void classify(Row row) {
        byte[] sql = row.sql.getBytes(StandardCharsets.UTF_8);
        classifier.classify(sql, 0, sql.length, Dialect.DEFAULT.withSqlMode(SqlMode.parse(row.mode)), statement);
    }

    private String describe() {
        return statement.operation() + " " + Types.toString(statement.types()) + " ["
                + Flags.toString(statement.flags()) + "] " + statement.transactionEffect() + " " + statement.pin();
    }

    /** The letters of the table; {@code strict} is strict_multi_stmt with strict_sp_calls. */
    private String route(boolean strict) {
        if (statement.has(Flags.HINT)) {
            return "H";
        }
        if (pins(strict)) {
            return "PIN";
        }
        String placement =
                switch (Placement.of(statement)) {
                    case ANY -> "R";
                    case PRIMARY -> "P";
                    case ALL -> "A";
                    case NEXT_TRANSACTION -> "N";
                    case PREPARED -> "E";
                    case PREVIOUS -> "L";
                    case PROXY -> "K";
                };
        return switch (statement.transactionEffect()) {
            case NONE, UNKNOWN -> placement;
            case AUTOCOMMIT_OFF, AUTOCOMMIT_ON -> placement + "+T";
            case BEGIN, BEGIN_READ_WRITE -> "T";
            case BEGIN_READ_ONLY -> "T-RO";
            case END -> "TE";
            case END_AND_BEGIN -> "TE+T";
        };
    }

    private boolean pins(boolean strict) {
        return switch (statement.has(Flags.UNPINS) ? Pin.NONE : statement.pin()) {
            case NONE -> false;
            case MULTI_STATEMENT, COMPOUND, CALL -> strict;
            case XA, LOCK_TABLES, BACKUP, HANDLER, SERIALIZABLE, SESSION_STATE -> true;
        };
    }
}
