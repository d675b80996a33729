package org.penstock.filter.regexfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.command.Verdict;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeConfiguration;
import org.penstock.testkit.FakeModuleContext;
import org.penstock.testkit.FakeSession;
import org.penstock.testkit.FilterRig;
import org.penstock.testkit.ParameterTable;

class RegexFilterTest {
    private final FakeModuleContext context = new FakeModuleContext("Rewrite");
    private final FakeSession session = new FakeSession().user("bob").clientAddress("10.0.0.1");
    private final Map<String, String> parameters = new HashMap<>(Map.of("match", "TYPE\\s*=", "replace", "ENGINE ="));

    private RegexFilter filter() {
        return new RegexFilter(FakeConfiguration.of(RegexFilterConfig.class, parameters));
    }

    private FilterRig rig() {
        return new FilterRig(filter(), context, session);
    }

    private static String text(FilterRig.Exchange exchange) {
        byte[] payload = exchange.forwarded();
        assertThat(payload).isNotNull().startsWith(3);
        return new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8);
    }

    @Test
    void shouldReplaceAllOccurrences() {
        FilterRig rig = rig();

        assertThat(text(rig.query("CREATE TABLE a (x INT) type = x; CREATE TABLE b (x INT) TYPE=y")))
                .isEqualTo("CREATE TABLE a (x INT) ENGINE = x; CREATE TABLE b (x INT) ENGINE =y");
        assertThat(context.count("altered")).isEqualTo(1);
    }

    @Test
    void shouldForwardTheConstantWhenNothingMatches() {
        FilterRig rig = rig();

        assertThat(rig.query("SELECT 1").verdict()).isSameAs(Verdict.FORWARD);
        assertThat(context.count("unaltered")).isEqualTo(1);
    }

    @Test
    void shouldLeaveOtherCommandsAlone() {
        FilterRig rig = rig();

        assertThat(rig.send(FakeCommand.prepare("CREATE TABLE t (a INT) TYPE=x"))
                        .verdict())
                .isSameAs(Verdict.FORWARD);
        assertThat(rig.send(FakeCommand.of(0x0E)).verdict()).isSameAs(Verdict.FORWARD);
        assertThat(context.count("unaltered")).isZero();
    }

    @Test
    void shouldHonourCaseWhenTold() {
        parameters.put("options", "case");

        assertThat(rig().query("type=").verdict()).isSameAs(Verdict.FORWARD);
    }

    @Test
    void shouldReferToGroups() {
        parameters.put("match", "(\\w+) JOIN (\\w+)");
        parameters.put("replace", "$2 JOIN ${1}");

        assertThat(text(rig().query("SELECT * FROM a JOIN b"))).isEqualTo("SELECT * FROM b JOIN a");
    }

    @ParameterizedTest
    @CsvSource({"user,alice,false", "user,bob,true", "source,10.0.0.2,false", "source,10.0.0.1,true"})
    void shouldWorkOnlyBehindItsGates(String key, String value, boolean admitted) {
        parameters.put(key, value);

        assertThat(rig().query("TYPE=").shown()).isEqualTo(admitted);
    }

    @Test
    void shouldFailClosedWhenTheMatchIsTooCostly() {
        parameters.put("match", "a*a*a*a*a*a*b");
        parameters.put("replace", "");

        FilterRig.Exchange exchange = rig().query("a".repeat(40) + "!");

        assertThat(exchange.verdict()).isInstanceOfSatisfying(Verdict.Fail.class, fail -> assertThat(
                        fail.error().message())
                .contains("filter 'Rewrite'", "too costly"));
        assertThat(context.count("refused")).isEqualTo(1);
    }

    @Test
    void shouldLogMatchesAndMissesToItsFile() {
        parameters.put("log_file", "regex.log");
        parameters.put("log_trace", "yes");
        FilterRig rig = rig();

        rig.query("TYPE=x");
        rig.query("SELECT 1");
        rig.close();

        assertThat(context.lines("regex.log"))
                .containsExactly("Matched TYPE\\s*=: [TYPE=x] -> [ENGINE =x]", "No match TYPE\\s*=: [SELECT 1]");
        assertThat(context.file("regex.log").users()).isZero();
    }

    @Test
    void shouldRewriteByTheNewRevisionAfterAMove() {
        FilterRig rig = rig();
        parameters.put("replace", "E=");

        rig.moveTo(filter());

        assertThat(text(rig.query("TYPE=x"))).isEqualTo("E=x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "match ~ ( ~ match: expected a regular expression",
                "match ~ '' ~ match: expected a value, it is mandatory",
                "replace ~ $1 ~ replace: expected groups from $0 to $0 instead of $1, got '$1'",
                "options ~ posix ~ options: expected a comma list of ignorecase, case, extended, got 'posix'",
                "options ~ case,ignorecase ~ options: expected either ignorecase or case",
                "log_trace ~ maybe ~ log_trace: expected true, yes, on, 1 or false, no, off, 0, got 'maybe'"
            })
    void shouldRefuseBadValuesWithPidKeyAndExpectation(String key, String value, String message) {
        parameters.put(key, value);

        assertThatThrownBy(this::filter)
                .hasMessageContaining("[org.penstock.filter.regexfilter] ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseASectionWithoutReplace() {
        parameters.remove("replace");

        assertThatThrownBy(this::filter).hasMessageContaining("replace: expected a value");
    }

    @Test
    void shouldDescribeEveryParameterInTheReadme() {
        assertThat(ParameterTable.inReadme(Path.of("README.md")))
                .isEqualTo(ParameterTable.declaredBy(RegexFilterConfig.class));
    }
}
