package org.penstock.sql.hint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Hint;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;

class HintStackTest {

    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();
    private final HintStack hints = new HintStack();

    /** The hint for a statement, the way a module takes it: from the classification's place of the comment. */
    private String hint(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        classifier.classify(bytes, 0, bytes.length, Dialect.DEFAULT, statement);
        Optional<Hint> hint = statement.has(Flags.HINT)
                ? hints.apply(bytes, statement.hintStart(), statement.hintEnd())
                : hints.current();
        return hint.map(Hint::toString).orElse("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 -- maxscale route to master | route to master",
                "SELECT 1 # maxscale route to slave | route to slave",
                "/* maxscale route to server db-2 */ SELECT 1 | route to server db-2",
                "SELECT /*MaxScale Route To LAST*/ 1 | route to last",
                "SELECT 1 -- maxscale max_slave_replication_lag = 5 | max_slave_replication_lag=5",
                "SELECT 1 -- maxscale max_slave_replication_lag=5 | max_slave_replication_lag=5",
                "SELECT 1 -- maxscale CCR=match | ccr=match"
            })
    void shouldTakeTheHintWhenItIsOneShot(String sql, String expected) {
        assertThat(hint(sql)).isEqualTo(expected);
        assertThat(hint("SELECT 2")).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 -- maxscalex route to master",
                "SELECT 1 -- maxscale",
                "SELECT 1 -- maxscale route to",
                "SELECT 1 -- maxscale route to nowhere",
                "SELECT 1 -- maxscale route to server",
                "SELECT 1 -- maxscale route to master now",
                "SELECT 1 /* other */ -- maxscale route to master",
                "SELECT '-- maxscale route to master'",
                "SELECT 1 --maxscale route to master",
                "SELECT 1 -- maxscale nobody begin",
                "SELECT 1 -- maxscale ="
            })
    void shouldHaveNoEffectWhenItIsNotAHint(String sql) {
        assertThat(hint(sql)).isEqualTo("-");
    }

    @Test
    void shouldStackHintsWhenTheyBeginAndEnd() {
        assertThat(hint("SELECT 1 -- maxscale m prepare route to master")).isEqualTo("-");
        assertThat(hint("SELECT 1 -- maxscale begin route to slave")).isEqualTo("route to slave");
        assertThat(hint("SELECT 2")).isEqualTo("route to slave");
        assertThat(hint("SELECT 3 -- maxscale m begin")).isEqualTo("route to master");
        assertThat(hint("SELECT 4 -- maxscale route to last")).isEqualTo("route to last");
        assertThat(hint("SELECT 5")).isEqualTo("route to master");
        assertThat(hint("SELECT 6 -- maxscale END")).isEqualTo("route to slave");
        assertThat(hint("SELECT 7 -- maxscale s start route to server a")).isEqualTo("route to server a");
        assertThat(hint("SELECT 8 -- maxscale stop")).isEqualTo("route to slave");
        assertThat(hint("SELECT 9 -- maxscale s begin")).isEqualTo("route to server a");

        HintStack successor = HintStack.of(hints.snapshot());

        assertThat(successor.current()).contains(new Hint.ToServer("a"));
        assertThat(successor.snapshot()).isEqualTo(hints.snapshot());
    }

    @Test
    void shouldKeepItsLimitsWhenASessionPreparesAndBeginsForEver() {
        for (int i = 0; i < 2 * HintStack.MAX_NAMED; i++) {
            hint("SELECT 1 -- maxscale n" + i + " begin route to server s" + i);
        }

        assertThat(hints.snapshot().named()).hasSize(HintStack.MAX_NAMED);
        assertThat(hints.snapshot().active()).hasSize(HintStack.MAX_DEPTH);
        for (int i = 0; i < HintStack.MAX_NAMED + 1; i++) {
            hint("SELECT 1 -- maxscale end");
        }
        assertThat(hints.current()).contains(new Hint.ToServer("s" + (HintStack.MAX_DEPTH - 2)));
    }
}
