package org.penstock.filter.maxrows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.Answer;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.testkit.Delivery;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeConfiguration;
import org.penstock.testkit.FakeModuleContext;
import org.penstock.testkit.FakeReply;
import org.penstock.testkit.FakeSession;
import org.penstock.testkit.FilterRig;
import org.penstock.testkit.ParameterTable;

class MaxRowsFilterTest {
    private static final long CLASSIC = FakeSession.DEFAULT_CAPABILITIES & ~FakeSession.DEPRECATE_EOF;

    private final FakeModuleContext context = new FakeModuleContext("Limit");
    private final FakeSession session = new FakeSession();
    private final Map<String, String> parameters = new HashMap<>(Map.of("max_resultset_rows", "2"));

    private MaxRowsFilter filter() {
        return new MaxRowsFilter(FakeConfiguration.of(MaxRowsConfig.class, parameters));
    }

    private FilterRig rig() {
        return new FilterRig(filter(), context, session);
    }

    private static List<byte[]> packets(Delivery delivery) {
        assertThat(delivery.packets()).isEmpty();
        assertThat(delivery.answer()).isInstanceOf(Answer.Packets.class);
        return ((Answer.Packets) delivery.answer()).payloads();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldPassRepliesWithinTheLimits(int rows) {
        FakeReply reply = FakeReply.numbers(session, rows);

        Delivery delivery = rig().query("SELECT n", reply);

        assertThat(delivery.answer()).isNull();
        assertThat(delivery.packets()).containsExactlyElementsOf(reply.payloads());
        assertThat(context.count("limited")).isZero();
    }

    @Test
    void shouldGiveTheSameResultWithoutRowsBeyondTheLimit() {
        FakeReply reply = FakeReply.numbers(session, 3);

        List<byte[]> packets = packets(rig().query("SELECT n", reply));

        assertThat(packets).hasSize(3);
        assertThat(packets.subList(0, 2))
                .containsExactlyElementsOf(reply.payloads().subList(0, 2));
        assertThat(packets.get(2)).containsExactly(0xFE, 0, 0, 2, 0, 0, 0);
        assertThat(context.count("limited")).isEqualTo(1);
    }

    @Test
    void shouldEndWithAnEofWhereTheSessionHasThem() {
        session.capabilities(CLASSIC);
        FakeReply reply = FakeReply.numbers(session, 3);

        List<byte[]> packets = packets(rig().query("SELECT n", reply));

        assertThat(packets).hasSize(4);
        assertThat(packets.subList(0, 3))
                .containsExactlyElementsOf(reply.payloads().subList(0, 3));
        assertThat(packets.get(3)).containsExactly(0xFE, 0, 0, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {CLASSIC, FakeSession.DEFAULT_CAPABILITIES})
    void shouldGiveTheFirstResultWithoutRowsWhenALaterOnePassesTheLimit(long capabilities) {
        session.capabilities(capabilities);
        FakeReply reply = FakeReply.ok()
                .then(FakeReply.rows(session, List.of("a", "b"), List.of()))
                .then(FakeReply.numbers(session, 3));

        List<byte[]> packets = packets(rig().query("CALL p()", reply));

        assertThat(packets.get(0)).containsExactly(2);
        assertThat(packets).hasSize(capabilities == CLASSIC ? 5 : 4);
        assertThat(packets.get(packets.size() - 1)).startsWith(0xFE, 0, 0).doesNotContain(8, 10);
    }

    @Test
    void shouldGiveAnErrorWithTheStatementWhenTold() {
        parameters.put("max_resultset_return", "error");

        Delivery delivery = rig().query("select * from test.t4", FakeReply.numbers(session, 3));

        assertThat(delivery.answer())
                .isEqualTo(Answer.error(
                        new SqlError(1415, "0A000", "Row limit/size exceeded for query: select * from test.t4")));
    }

    @Test
    void shouldRepeatTheBeginningOfALongStatementOnly() {
        parameters.put("max_resultset_return", "error");

        Delivery delivery = rig().query("x".repeat(9000), FakeReply.numbers(session, 3));

        assertThat(delivery.answer()).isInstanceOfSatisfying(Answer.Failure.class, failure -> assertThat(
                        failure.error().message())
                .endsWith(": " + "x".repeat(MaxRowsFilterSession.MAX_QUOTED)));
    }

    @Test
    void shouldGiveAnOkWhenTold() {
        parameters.put("max_resultset_return", "ok");

        assertThat(rig().query("SELECT n", FakeReply.numbers(session, 3)).answer())
                .isEqualTo(Answer.ok());
    }

    @Test
    void shouldLimitBytes() {
        parameters.put("max_resultset_rows", "-1");
        parameters.put("max_resultset_size", "1k");
        FilterRig rig = rig();

        assertThat(rig.query("SELECT n", FakeReply.numbers(session, 100)).answer())
                .isNull();
        assertThat(rig.query("SELECT n", FakeReply.numbers(session, 300)).answer())
                .isNotNull();
    }

    @Test
    void shouldGiveAnErrorWhenColumnDefinitionsAlonePassTheLimit() {
        parameters.put("max_resultset_size", "200");
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            columns.add("column" + i);
        }

        Delivery delivery = rig().query("SELECT *", FakeReply.rows(session, columns, List.of()));

        assertThat(delivery.answer()).isInstanceOfSatisfying(Answer.Failure.class, failure -> assertThat(
                        failure.error().message())
                .endsWith("query: SELECT *"));
    }

    @ParameterizedTest
    @CsvSource({"3,true", "0x17,true", "0x1C,true", "0xFA,true", "0x16,false", "0x0E,false", "0x02,false"})
    void shouldCollectRepliesOfStatementsOnly(String code, boolean collected) {
        FilterRig.Exchange exchange = rig().send(FakeCommand.of(Integer.decode(code), (byte) 1));

        assertThat(exchange.interest().kind())
                .isEqualTo(collected ? ReplyInterest.Kind.COLLECT : ReplyInterest.Kind.NONE);
        if (!collected) {
            assertThat(exchange.verdict()).isSameAs(Verdict.FORWARD);
        }
    }

    @Test
    void shouldEndAFetchThatPassesTheLimit() {
        FilterRig rig = rig();
        FilterRig.Exchange exchange = rig.send(FakeCommand.of(0x1C, (byte) 1));

        List<byte[]> packets =
                packets(rig.reply(exchange, FakeReply.numbers(session, 3).rowsOnly()));

        assertThat(packets).hasSize(1);
        assertThat(packets.get(0)).containsExactly(0xFE, 0, 0, 0x82, 0, 0, 0);
    }

    @Test
    void shouldDecideEachReplyByItself() {
        FilterRig rig = rig();

        rig.query("SELECT n", FakeReply.error(SqlError.general("no")));
        rig.query("SELECT n", FakeReply.numbers(session, 2));
        assertThat(packets(rig.query("SELECT n", FakeReply.numbers(session, 3))))
                .hasSize(3);
        assertThat(rig.query("SELECT n", FakeReply.numbers(session, 2)).answer())
                .isNull();
    }

    @Test
    void shouldTakeOverWithOtherLimits() {
        FilterRig rig = rig();
        parameters.put("max_resultset_rows", "3");
        parameters.put("debug", "3");

        rig.moveTo(filter());

        assertThat(rig.query("SELECT n", FakeReply.numbers(session, 3)).answer())
                .isNull();
        assertThat(rig.query("SELECT n", FakeReply.numbers(session, 4)).answer())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "max_resultset_rows ~ many ~ max_resultset_rows: expected a whole number",
                "max_resultset_size ~ 0 ~ max_resultset_size: expected a size",
                "max_resultset_size ~ 5 apples ~ max_resultset_size: expected a size",
                "max_resultset_size ~ 999999999999T ~ max_resultset_size: expected a size",
                "max_resultset_return ~ nothing ~ max_resultset_return: expected one of empty, error, ok, got 'nothing'",
                "debug ~ 4 ~ debug: expected a whole number from 0 to 3, got '4'"
            })
    void shouldRefuseBadValuesWithPidKeyAndExpectation(String key, String value, String message) {
        parameters.put(key, value);

        assertThatThrownBy(this::filter)
                .hasMessageContaining("[org.penstock.filter.maxrows] ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"65536,65536", "64Ki,65536", "64k,64000", "1MI,1048576", "2g,2000000000", "1Ti,1099511627776"})
    void shouldReadSizes(String value, long bytes) {
        parameters.put("max_resultset_size", value);

        assertThat(rig().query("SELECT 1").interest().maxBytes()).isEqualTo(bytes);
    }

    @Test
    void shouldDescribeEveryParameterInTheReadme() {
        assertThat(ParameterTable.inReadme(Path.of("README.md")))
                .isEqualTo(ParameterTable.declaredBy(MaxRowsConfig.class));
    }
}
