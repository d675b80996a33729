package org.penstock.filter.hintfilter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.statement.Hint;
import org.penstock.sql.hint.HintStack;
import org.penstock.sql.hint.PreparedHints;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeModuleContext;
import org.penstock.testkit.FakeReply;
import org.penstock.testkit.FakeSession;
import org.penstock.testkit.FilterRig;
import org.penstock.testkit.ParameterTable;

class HintFilterTest {
    private static final int EXECUTE = 0x17;
    private static final int CLOSE = 0x19;
    private static final int RESET_CONNECTION = 0x1F;
    private static final byte[] LAST = {-1, -1, -1, -1, 0, 1, 0, 0, 0};

    private final FakeModuleContext context = new FakeModuleContext("Hint");
    private final FilterRig rig = new FilterRig(new HintFilter(), context, new FakeSession());

    private String hint(String sql) {
        return text(rig.query(sql));
    }

    private static String text(FilterRig.Exchange exchange) {
        assertThat(exchange.forwarded()).isNotNull();
        return exchange.hints().stream().map(Hint::toString).collect(Collectors.joining(", "));
    }

    private FilterRig.Exchange prepare(String sql, int id) {
        FilterRig.Exchange exchange = rig.send(FakeCommand.prepare(sql));
        assertThat(rig.reply(exchange, FakeReply.prepared(id)).packets()).hasSize(1);
        return exchange;
    }

    private String with(int code, int id) {
        return text(rig.send(FakeCommand.of(
                code, (byte) id, (byte) (id >> 8), (byte) (id >> 16), (byte) (id >> 24), (byte) 0, (byte) 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 /* maxscale route to master */ | route to master",
                "/*maxscale route to slave*/ SELECT 1 | route to slave",
                "SELECT 1; -- maxscale route to server server2 | route to server server2",
                "SELECT 1; # maxscale route to last | route to last",
                "INSERT INTO t VALUES (1) -- maxscale max_slave_replication_lag=7 | max_slave_replication_lag=7",
                "SELECT '/* no */', \"-- no\", `#no` /* maxscale route to master */ | route to master"
            })
    void shouldGiveTheHintOfTheFirstComment(String sql, String expected) {
        assertThat(hint(sql)).isEqualTo(expected);
        assertThat(context.count("hinted")).isEqualTo(1);
        assertThat(rig.query("SELECT 2").verdict()).isSameAs(Verdict.FORWARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT /* other */ 1 -- maxscale route to master",
                "SELECT '-- maxscale route to master'",
                "SELECT 1 -- maxscale route to slave now",
                "SELECT 1 -- maxscale route master",
                "SELECT 1 --maxscale route to master",
                "/**maxscale route to slave*/ SELECT 1"
            })
    void shouldForwardTheConstantWhenThereIsNoHint(String sql) {
        assertThat(rig.query(sql).verdict()).isSameAs(Verdict.FORWARD);
    }

    @Test
    void shouldKeepBegunHintsUntilTheyEndAndOverAnUpgrade() {
        assertThat(hint("SELECT 1 -- maxscale far prepare route to server far")).isEmpty();
        assertThat(hint("SELECT 1 -- maxscale begin route to slave")).isEqualTo("route to slave");
        assertThat(hint("SELECT 1 -- maxscale far begin")).isEqualTo("route to server far");

        rig.moveTo(new HintFilter());

        assertThat(hint("SELECT 2")).isEqualTo("route to server far");
        assertThat(hint("SELECT 2 -- maxscale end")).isEqualTo("route to slave");
        assertThat(hint("SELECT 2 -- maxscale far start")).isEqualTo("route to server far");
        assertThat(hint("SELECT 2 -- maxscale stop")).isEqualTo("route to slave");
        assertThat(hint("SELECT 2 -- maxscale stop")).isEmpty();
    }

    @Test
    void shouldHoldForTheExecutionsOfAPreparedTextNotForItsPreparation() {
        assertThat(text(prepare("SELECT ? -- maxscale route to master", 300))).isEmpty();
        prepare("SELECT ?", 301);

        for (int code : new int[] {EXECUTE, 0xFA, 0x18, 0x1C, 0x1A}) {
            assertThat(with(code, 300)).isEqualTo("route to master");
            assertThat(with(code, 301)).isEmpty();
        }
        rig.moveTo(new HintFilter());
        assertThat(with(EXECUTE, 300)).isEqualTo("route to master");
        with(CLOSE, 300);
        assertThat(with(EXECUTE, 300)).isEmpty();
    }

    @Test
    void shouldHoldForThePipelinedExecutionOfTheLastPreparedText() {
        FilterRig.Exchange first = rig.send(FakeCommand.prepare("SELECT 1 -- maxscale route to slave"));
        assertThat(text(rig.send(FakeCommand.of(EXECUTE, LAST)))).isEqualTo("route to slave");
        FilterRig.Exchange second = rig.send(FakeCommand.prepare("SELECT 2"));
        assertThat(text(rig.send(FakeCommand.of(EXECUTE, LAST)))).isEmpty();

        rig.reply(first, FakeReply.prepared(1));
        rig.reply(second, FakeReply.prepared(2));

        assertThat(with(EXECUTE, 1)).isEqualTo("route to slave");
        assertThat(with(EXECUTE, 2)).isEmpty();
    }

    @Test
    void shouldNotTakeTheNextIdWhenAPreparationFails() {
        FilterRig.Exchange failed = rig.send(FakeCommand.prepare("SELEC 1 -- maxscale route to slave"));
        rig.reply(failed, FakeReply.error(new SqlError(1064, "42000", "syntax")));
        prepare("SELECT 2", 1);

        assertThat(with(EXECUTE, 1)).isEmpty();
    }

    @Test
    void shouldApplyTheHintInEffectToExecutions() {
        prepare("SELECT ?", 1);
        hint("SELECT 1 -- maxscale begin route to master");
        prepare("SELECT ?", 2);

        assertThat(with(EXECUTE, 1)).isEqualTo("route to master");
        hint("SELECT 1 -- maxscale end");
        assertThat(with(EXECUTE, 1)).isEmpty();
        assertThat(with(EXECUTE, 2)).isEqualTo("route to master");
    }

    @Test
    void shouldForgetEverythingWhenTheConnectionIsReset() {
        prepare("SELECT ? -- maxscale route to master", 1);
        hint("SELECT 1 -- maxscale a begin route to slave");

        rig.send(FakeCommand.of(RESET_CONNECTION));

        assertThat(hint("SELECT 1")).isEmpty();
        assertThat(hint("SELECT 1 -- maxscale a begin")).isEmpty();
        assertThat(with(EXECUTE, 1)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestStatementBeyondItsLimit() {
        for (int id = 1; id <= PreparedHints.MAX_STATEMENTS + 1; id++) {
            prepare("SELECT ? -- maxscale route to master", id);
        }

        assertThat(with(EXECUTE, 1)).isEmpty();
        assertThat(with(EXECUTE, 2)).isEqualTo("route to master");
        rig.moveTo(new HintFilter());
        assertThat(with(EXECUTE, PreparedHints.MAX_STATEMENTS + 1)).isEqualTo("route to master");
    }

    @Test
    void shouldIgnoreACommentBeyondWhatIsLookedAt() {
        assertThat(hint("SELECT 1 -- maxscale" + " ".repeat(HintStack.MAX_COMMENT) + "route to master"))
                .isEmpty();
        assertThat(hint("SELECT '" + "x".repeat(HintFilterSession.MAX_STATEMENT) + "' -- maxscale route to master"))
                .isEmpty();
    }

    @Test
    void shouldTakeShortCommandsAsTheyAre() {
        assertThat(text(rig.send(FakeCommand.of(EXECUTE, (byte) 1)))).isEmpty();
        assertThat(text(rig.send(FakeCommand.of(CLOSE, (byte) 1)))).isEmpty();
    }

    @Test
    void shouldHaveNoParameters() {
        assertThat(ParameterTable.declaredBy(HintFilterConfig.class)).isEmpty();
    }
}
