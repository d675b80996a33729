package org.penstock.filter.namedserverfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.command.Verdict;
import org.penstock.api.statement.Hint;
import org.penstock.testkit.FakeCommand;
import org.penstock.testkit.FakeConfiguration;
import org.penstock.testkit.FakeModuleContext;
import org.penstock.testkit.FakeReply;
import org.penstock.testkit.FakeSession;
import org.penstock.testkit.FilterRig;
import org.penstock.testkit.ParameterTable;

class NamedServerFilterTest {
    private static final int EXECUTE = 0x17;

    private final FakeModuleContext context = new FakeModuleContext("Named");
    private final FakeSession session = new FakeSession().user("bob").clientAddress("10.0.0.1");
    private final Map<String, String> parameters =
            new HashMap<>(Map.of("match01", "^Select.*TableOne$", "target01", "server2, server3"));

    private NamedServerFilter filter() {
        return new NamedServerFilter(FakeConfiguration.of(NamedServerFilterConfig.class, parameters));
    }

    private FilterRig rig() {
        return new FilterRig(filter(), context, session);
    }

    private static String text(FilterRig.Exchange exchange) {
        return exchange.hints().stream().map(Hint::toString).collect(Collectors.joining(", "));
    }

    private static String execute(FilterRig rig, int code) {
        return text(rig.send(FakeCommand.of(code, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "server2, route to server server2",
        "'server2,server3', 'route to server server2, route to server server3'",
        "->master, route to master",
        "->slave, route to slave",
        "->all, route to all"
    })
    void shouldGiveTheHintsOfTheTarget(String target, String hints) {
        parameters.put("target01", target);
        FilterRig rig = rig();

        assertThat(text(rig.query("SELECT * FROM tableone"))).isEqualTo(hints);
        assertThat(rig.query("SELECT * FROM accounts").verdict()).isSameAs(Verdict.FORWARD);
        assertThat(context.count("queries_diverted")).isEqualTo(1);
        assertThat(context.count("queries_undiverted")).isEqualTo(1);
    }

    @Test
    void shouldTakeTheFirstPairThatMatches() {
        parameters.put("match25", "TableOne");
        parameters.put("target25", "last");
        parameters.put("match09", "Table");
        parameters.put("target09", "->master");
        FilterRig rig = rig();

        assertThat(text(rig.query("SELECT a FROM TableOne"))).startsWith("route to server server2");
        assertThat(text(rig.query("SELECT a FROM TableOne WHERE b"))).isEqualTo("route to master");
    }

    @Test
    void shouldTakeTheOnlyPairOfOlderConfigurations() {
        parameters.clear();
        parameters.put("match", " *from *users");
        parameters.put("server", "server2");
        parameters.put("options", "ignorecase");

        assertThat(text(rig().query("SELECT * FROM users"))).isEqualTo("route to server server2");
    }

    @Test
    void shouldHonourCaseWhenTold() {
        parameters.put("options", "case,extended");

        assertThat(text(rig().query("SELECT * FROM tableone"))).isEmpty();
        assertThat(text(rig().query("Select * FROM TableOne"))).isNotEmpty();
    }

    @Test
    void shouldHoldForExecutionsOfWhatWasPreparedAndOverAnUpgrade() {
        FilterRig rig = rig();
        FilterRig.Exchange prepare = rig.send(FakeCommand.prepare("SELECT * FROM TableOne"));
        rig.reply(prepare, FakeReply.prepared(1));
        assertThat(prepare.hints()).isEmpty();

        rig.moveTo(filter());

        assertThat(execute(rig, EXECUTE)).isEqualTo("route to server server2, route to server server3");
        assertThat(execute(rig, 0xFA)).isNotEmpty();
        assertThat(execute(rig, 0x18)).isNotEmpty();
        assertThat(execute(rig, 0x1C)).isEmpty();
        execute(rig, 0x19);
        assertThat(execute(rig, EXECUTE)).isEmpty();
        rig.reply(rig.send(FakeCommand.prepare("SELECT * FROM TableOne")), FakeReply.prepared(1));
        rig.send(FakeCommand.of(0x1F));
        assertThat(execute(rig, EXECUTE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "user,alice,false",
        "user,bob,true",
        "source,10.0.0.1,true",
        "source,10.0.0.2,false",
        "source,10.0.0.%,true",
        "source,10.0.%.%,true",
        "source,10.%.%.%,true",
        "source,10.0.1.%,false",
        "source,fd00::1,false",
        "source,::ffff:10.0.0.1,true",
        "source,'192.168.21.3, 10.%.%.%',true",
        "source,'192.168.21.3, 192.168.10.%',false"
    })
    void shouldLookAtSessionsBehindItsGatesOnly(String key, String value, boolean admitted) {
        parameters.put(key, value);

        assertThat(rig().query("SELECT 1 FROM TableOne").shown()).isEqualTo(admitted);
    }

    @Test
    void shouldHaveTheFirstCommandWaitForTheNameOfTheHost() {
        parameters.put("source", "no-such-host.invalid");
        session.clientAddress("127.0.0.1");
        FilterRig rig = rig();

        FilterRig.Exchange first = rig.query("SELECT 1 FROM TableOne");
        assertThat(first.verdict()).isInstanceOf(Verdict.Held.class);
        assertThat(session.runBackground()).isEqualTo(1);

        assertThat(rig.holds().get(0).decision()).isSameAs(Verdict.FORWARD);
        assertThat(rig.query("SELECT 1 FROM TableOne").shown()).isFalse();
    }

    @Test
    void shouldTakeTheNameOfTheHostThatLeadsBackToTheAddress() throws UnknownHostException {
        String name = InetAddress.getByAddress(new byte[] {127, 0, 0, 1}).getCanonicalHostName();
        assertThat(name).as("name of the loopback address").isNotEqualTo("127.0.0.1");
        parameters.put("source", name.toUpperCase(Locale.ROOT));
        session.clientAddress("127.0.0.1");
        FilterRig rig = rig();

        rig.query("SELECT 1 FROM TableOne");
        session.runBackground();

        assertThat(rig.holds().get(0).decision()).isInstanceOf(Verdict.Hinted.class);
        assertThat(text(rig.query("SELECT 1 FROM TableOne"))).isNotEmpty();
    }

    @Test
    void shouldTakeLocalhostForAUnixSocket() {
        parameters.put("source", "localhost");
        session.clientAddress("localhost");

        assertThat(text(rig().query("SELECT 1 FROM TableOne"))).isNotEmpty();
    }

    @Test
    void shouldNotWaitTwiceForAName() {
        parameters.put("source", "no-such-host.invalid");
        FilterRig rig = rig();
        rig.query("SELECT 1 FROM TableOne");
        rig.holds().get(0).timeOut();

        assertThat(rig.query("SELECT 1 FROM TableOne").verdict()).isSameAs(Verdict.FORWARD);
        assertThat(rig.query("SELECT 1 FROM TableOne").shown()).isFalse();
    }

    @Test
    void shouldForwardWhenAPatternIsTooCostly() {
        parameters.put("match01", "a*a*a*a*a*a*b");

        assertThat(rig().query("a".repeat(40) + "!").verdict()).isSameAs(Verdict.FORWARD);
        assertThat(context.count("queries_undecided")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%", "%.%.%.%", "192.168.%", "192.%.1.%", "1.2.3.4.5", "300.1.1.1", "1.2.3.", "a b", ":::", "-x"
            })
    void shouldRefuseSourcesThatAreNone(String source) {
        parameters.put("source", source);

        assertThatThrownBy(this::filter)
                .hasMessageContaining("[org.penstock.filter.namedserverfilter] source: expected a comma list of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "match01 ~ ( ~ match01: expected a regular expression",
                "match01 ~ '' ~ match01: expected a regular expression beside target01",
                "target01 ~ '' ~ target01: expected the name of a server",
                "target01 ~ ->nowhere ~ target01: expected the name of a server",
                "target01 ~ a,->master ~ target01: expected the name of a server",
                "target01 ~ , ~ target01: expected the name of a server",
                "server ~ a ~ match: expected a regular expression beside server",
                "match ~ a ~ match: expected either match and server, or pairs with numbers",
                "options ~ case,ignorecase ~ options: expected either ignorecase or case"
            })
    void shouldRefuseBadValuesWithPidKeyAndExpectation(String key, String value, String message) {
        parameters.put(key, value);

        assertThatThrownBy(this::filter)
                .hasMessageContaining("[org.penstock.filter.namedserverfilter] ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseASectionWithoutAPair() {
        parameters.clear();

        assertThatThrownBy(this::filter).hasMessageContaining("at least one pair of matchXY and targetXY");
    }

    @Test
    void shouldDescribeEveryParameterInTheReadme() {
        assertThat(ParameterTable.inReadme(Path.of("README.md")))
                .isEqualTo(ParameterTable.declaredBy(NamedServerFilterConfig.class));
    }
}
