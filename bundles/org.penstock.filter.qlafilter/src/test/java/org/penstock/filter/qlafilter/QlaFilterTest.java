package org.penstock.filter.qlafilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeConfiguration;
import org.penstock.testkit.FakeModuleContext;
import org.penstock.testkit.FakeReply;
import org.penstock.testkit.FakeSession;
import org.penstock.testkit.FilterRig;
import org.penstock.testkit.ParameterTable;

class QlaFilterTest {
    private static final String FILE = "qla.7";

    private final FakeModuleContext context = new FakeModuleContext("Log");
    private final FakeSession session =
            new FakeSession().id(7).service("Shop").user("bob").clientAddress("10.0.0.1");
    private final Map<String, String> parameters = new HashMap<>(Map.of("filebase", "qla", "log_data", "query"));

    private QlaFilter filter() {
        return new QlaFilter(FakeConfiguration.of(QlaFilterConfig.class, parameters));
    }

    private FilterRig rig() {
        return new FilterRig(filter(), context, session);
    }

    @Test
    void shouldLogDateUserAndQueryByDefault() {
        parameters.remove("log_data");
        FilterRig rig = rig();

        FilterRig.Exchange exchange = rig.query("SELECT\r\n1");

        assertThat(exchange.verdict()).isSameAs(Verdict.FORWARD);
        assertThat(context.lines(FILE)).hasSize(2).first().isEqualTo("Date,User@Host,Query");
        assertThat(context.lines(FILE).get(1))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,bob@10\\.0\\.0\\.1,SELECT 1");
    }

    @Test
    void shouldLogCanonicalFormsAndMatchStatementsAsTheyAreWhenAsked() {
        parameters.put("use_canonical_form", "true");
        parameters.put("exclude", "secret");
        FilterRig rig = rig();

        rig.query("SELECT a FROM t1 /* why */ WHERE b = 'x\\'y' AND c IN (1, -2.5, x'41')");
        rig.query("SELECT 'secret'");
        rig.query("SELECT \"a\" FROM `t 1`");
        rig.send(FakeCommand.prepare("INSERT INTO t VALUES (7, ?)"));
        session.serverStatus(1 << 9 | 1 << 15);
        rig.query("SELECT \"a\" FROM t WHERE b = 'x\\' -- 'y'");

        assertThat(context.lines(FILE))
                .containsExactly(
                        "Query",
                        "SELECT a FROM t1  WHERE b = ? AND c IN (?, ?, x?)",
                        "SELECT ? FROM `t 1`",
                        "INSERT INTO t VALUES (?, ?)",
                        "SELECT \"a\" FROM t WHERE b = ? ");
    }

    @Test
    void shouldLogTextQueriesAndPreparesOnly() {
        FilterRig rig = rig();

        rig.query("SELECT 1");
        rig.send(FakeCommand.prepare("SELECT ?"));
        rig.send(FakeCommand.of(0x17, (byte) 1, (byte) 0, (byte) 0, (byte) 0));
        rig.send(FakeCommand.of(0x0E));

        assertThat(context.lines(FILE)).containsExactly("Query", "SELECT 1", "SELECT ?");
        assertThat(context.count("statements")).isEqualTo(2);
        assertThat(context.count("logged")).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWhatPatternsLeaveOutButCountIt() {
        parameters.put("match", "select");
        parameters.put("exclude", "WHERE");
        parameters.put("options", "ignorecase,extended");
        FilterRig rig = rig();

        rig.query("SELECT a");
        rig.query("SELECT a where b");
        rig.query("UPDATE t");

        assertThat(context.lines(FILE)).containsExactly("Query", "SELECT a");
        assertThat(context.count("statements")).isEqualTo(3);
        assertThat(context.count("logged")).isEqualTo(1);
    }

    @Test
    void shouldRatherLogWhenThePatternIsTooCostly() {
        parameters.put("match", "a*a*a*a*a*a*b");

        rig().query("a".repeat(60));

        assertThat(context.lines(FILE)).hasSize(2);
        assertThat(context.count("undecided")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "user,bob,true",
        "user,alice,false",
        "source,10.0.0.1,true",
        "source,10.0.0.2,false",
        "user_match,^b,true",
        "user_match,^a,false",
        "user_exclude,/^(alice|bob)$/,false",
        "source_match,^10[.],true",
        "source_exclude,^10[.],false"
    })
    void shouldWorkOnlyInChosenSessions(String key, String value, boolean admitted) {
        parameters.put(key, value);

        assertThat(rig().query("SELECT 1").shown()).isEqualTo(admitted);
        assertThat(context.files()).hasSize(admitted ? 1 : 0);
    }

    @Test
    void shouldIgnoreUserPatternsWhenUserIsSet() {
        parameters.put("user", "bob");
        parameters.put("user_exclude", "bob");

        assertThat(rig().query("SELECT 1").shown()).isTrue();
    }

    @Test
    void shouldWriteOneFileForAllSessionsWhenUnified() {
        parameters.put("log_type", "unified");
        parameters.put("log_data", "service, session, query, command");
        parameters.put("separator", "\" | \"");
        FilterRig rig = rig();

        rig.query("SELECT 1");
        rig.close();

        assertThat(context.files()).containsExactly(Path.of("qla.unified"));
        assertThat(context.lines("qla.unified"))
                .containsExactly("Service | Session | Query | Command", "Shop | 7 | SELECT 1 | COM_QUERY");
        assertThat(context.file("qla.unified").users()).isZero();
    }

    @Test
    void shouldLeaveOutTheSessionInItsOwnFile() {
        parameters.put("log_type", "session,unified");
        parameters.put("log_data", "session,query");

        rig().query("SELECT 1");

        assertThat(context.lines(FILE)).containsExactly("Query", "SELECT 1");
        assertThat(context.lines("qla.unified")).containsExactly("Session,Query", "7,SELECT 1");
    }

    @Test
    void shouldWriteTotalsOfTheReplyAfterItsEnd() {
        parameters.put("log_data", "query,num_rows,reply_size,num_warnings,default_db");
        FilterRig rig = rig();
        FilterRig.Exchange exchange = rig.query("SELECT n");

        assertThat(exchange.interest()).isEqualTo(ReplyInterest.END);
        assertThat(context.lines(FILE)).isEmpty();
        FakeReply reply = FakeReply.numbers(session, 3);
        rig.reply(exchange, reply);

        int size = reply.payloads().stream()
                .mapToInt(payload -> payload.length + 4)
                .sum();
        assertThat(context.lines(FILE))
                .containsExactly(
                        "Query,Default_db,Num_rows,Reply_size,Num_warnings", "SELECT n,(none),3," + size + ",0");
    }

    @Test
    void shouldWriteErrorsTimesAndTransactions() {
        parameters.put("log_data", "query,error_msg,reply_time,total_reply_time,transaction,transaction_time");
        parameters.put("duration_unit", "us");
        FilterRig rig = rig();

        rig.query("/* x */ begin", FakeReply.ok());
        rig.query("SELECT nothing", FakeReply.error(new SqlError(1054, "42S22", "Unknown\ncolumn")));
        rig.query("COMMIT", FakeReply.ok());

        List<String> lines = context.lines(FILE);
        assertThat(lines.get(0)).isEqualTo("Reply_time,Query,Total_reply_time,Transaction,Transaction_time,Error_msg");
        assertThat(lines.get(1)).matches("\\d+,/\\* x \\*/ begin,\\d+,BEGIN,,");
        assertThat(lines.get(2)).matches("\\d+,SELECT nothing,\\d+,,,Unknown column");
        assertThat(lines.get(3)).matches("\\d+,COMMIT,\\d+,COMMIT,\\d+,");
    }

    @Test
    void shouldWriteWhatStillAwaitsItsReplyAtTheEndOfTheSession() {
        parameters.put("log_data", "query,num_rows");
        FilterRig rig = rig();

        rig.query("SELECT SLEEP(1000)");
        rig.close();

        assertThat(context.lines(FILE)).endsWith("SELECT SLEEP(1000),0");
        assertThat(context.file(FILE).users()).isZero();
    }

    @Test
    void shouldCutStatementsAtItsLimit() {
        FilterRig rig = rig();

        FilterRig.Exchange exchange = rig.query("x".repeat(QlaFilterSession.MAX_STATEMENT + 5));

        assertThat(exchange.verdict()).isSameAs(Verdict.FORWARD);
        assertThat(context.lines(FILE).get(1)).hasSize(QlaFilterSession.MAX_STATEMENT - 1);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void shouldContinueFilesAndCountEveryStatementOverGenerations(boolean append, boolean gap) {
        parameters.put("append", Boolean.toString(append));
        parameters.put("log_type", "session,unified");
        FilterRig rig = rig();

        for (int i = 0; i < 10; i++) {
            rig.query("SELECT " + i);
            if (gap) {
                rig.moveWithGapTo(filter());
            } else {
                rig.moveTo(filter());
            }
        }
        rig.close();

        assertThat(context.lines(FILE))
                .hasSize(11)
                .startsWith("Query", "SELECT 0")
                .endsWith("SELECT 9");
        assertThat(context.lines("qla.unified")).hasSize(11).startsWith("Query").endsWith("SELECT 9");
        assertThat(context.count("statements")).isEqualTo(10);
        assertThat(context.count("logged")).isEqualTo(10);
    }

    @Test
    void shouldKeepTheBeginOfATransactionOverGenerations() {
        parameters.put("log_data", "query,transaction_time");
        FilterRig rig = rig();
        rig.query("BEGIN", FakeReply.ok());

        rig.moveTo(filter());
        rig.query("COMMIT", FakeReply.ok());

        assertThat(context.lines(FILE).get(2)).matches("COMMIT,\\d+");
    }

    @Test
    void shouldOverwriteWhatAnEarlierProcessLeftUnlessAppending() {
        parameters.put("append", "no");
        context.file(FILE).leave("old");

        rig().query("SELECT 1");

        assertThat(context.lines(FILE)).containsExactly("Query", "SELECT 1");
    }

    @Test
    void shouldCountLinesThatTheLogCouldNotTake() {
        context.file(FILE).full(true);

        rig().query("SELECT 1");

        assertThat(context.count("statements")).isEqualTo(1);
        assertThat(context.count("logged")).isZero();
        assertThat(context.count("dropped")).isEqualTo(1);
    }

    @Test
    void shouldKeepLineBreaksWhenTheirReplacementIsEmpty() {
        parameters.put("newline_replacement", "\"\"");

        rig().query("SELECT\n1");

        assertThat(context.lines(FILE)).endsWith("SELECT\n1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "filebase ~ '' ~ filebase: expected a value, it is mandatory",
                "match ~ [ ~ match: expected a regular expression",
                "source_exclude ~ ( ~ source_exclude: expected a regular expression",
                "options ~ perl ~ options: expected a comma list of case, ignorecase, extended, got 'perl'",
                "log_type ~ '' ~ log_type: expected session, unified or both, got ''",
                "log_type ~ stdout ~ log_type: expected a comma list of session, unified, got 'stdout'",
                "log_data ~ date,server ~ log_data: expected a comma list of service, session, date",
                "flush ~ 2 ~ flush: expected true, yes",
                "append ~ maybe ~ append: expected true, yes",
                "duration_unit ~ s ~ duration_unit: expected milliseconds, ms, microseconds or us, got 's'",
                "use_canonical_form ~ 2 ~ use_canonical_form: expected true, yes"
            })
    void shouldRefuseBadValuesWithPidKeyAndExpectation(String key, String value, String message) {
        parameters.put(key, value);

        assertThatThrownBy(this::filter)
                .hasMessageContaining("[org.penstock.filter.qlafilter] ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldDescribeEveryParameterInTheReadme() {
        assertThat(ParameterTable.inReadme(Path.of("README.md")))
                .isEqualTo(ParameterTable.declaredBy(QlaFilterConfig.class));
    }
}
