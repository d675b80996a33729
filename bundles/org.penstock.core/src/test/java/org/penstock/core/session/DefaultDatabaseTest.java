package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.router.CoreServices;
import org.penstock.api.statement.Pin;

class DefaultDatabaseTest {
    private final Routing routing = new Routing();
    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeftBehind() {
        rig.machine.close();
        assertThat(rig.ledger.open()).isZero();
    }

    private void open(boolean followed) {
        routing.first = List.of("a");
        routing.needs = followed ? routing.needs : CoreServices.NONE;
        rig.open(routing.router());
    }

    private void told(byte[] command) {
        rig.send(command).reply("a", Wire.ok(1, 0));
    }

    private String database() {
        return rig.machine.state().database();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\f',
            textBlock =
                    """
            use b | b
              USE\tb ; | b
            /* one */ use /* two */ b # three | b
            -- line\\nuse b | b
            USE b;SELECT(1) | b
            USE b; USE c | c
            /*!50000 USE b */ | b
            USE /*!999999 c*/ b | b
            use `x``y` | x`y
            use b c |
            """)
    void shouldReadTheNameAsServersDo(String text, String database) {
        for (boolean followed : new boolean[] {true, false}) {
            Rig one = new Rig();
            Routing to = new Routing();
            to.first = List.of("a");
            to.needs = followed ? to.needs : CoreServices.NONE;
            one.open(to.router());
            one.send(Wire.query(text.replace("\\n", "\n")));
            one.reply("a", database == null ? Wire.error(1, 1064) : Wire.ok(1, 0));
            assertThat(one.machine.state().database()).isEqualTo(database);
            one.machine.close();
        }
    }

    @Test
    void shouldReadItFromPreparedStatements() {
        open(true);
        rig.send(StatementIdsTest.prepare("use b")).reply("a", StatementIdsTest.prepared(1, 7, 0));
        assertThat(database()).isNull();
        routing.executesAll = true;
        told(StatementIdsTest.execute(1));
        assertThat(database()).isEqualTo("b");
        told(Wire.query("prepare s from 'use c'"));
        assertThat(database()).isEqualTo("b");
        told(Wire.query("execute s"));
        assertThat(database()).isEqualTo("c");
    }

    @Test
    void shouldDecodeItInTheCharacterSetOfTheClient() {
        open(true);
        told(Wire.query("SET NAMES latin1"));
        told(latin1(3, "use b\u00fccher"));
        assertThat(database()).isEqualTo("b\u00fccher");
        told(latin1(2, "\u00f6l"));
        assertThat(database()).isEqualTo("\u00f6l");
        told(Wire.query("SET NAMES utf8mb4"));
        told(Wire.command(3, "use b\u00fccher".getBytes(StandardCharsets.UTF_8)));
        assertThat(database()).isEqualTo("b\u00fccher");
        assertThat(rig.machine.keeping().replayable()).isTrue();
    }

    private static byte[] latin1(int code, String text) {
        return Wire.command(code, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldNotGuess() {
        open(true);
        told(Wire.query("SET NAMES koi8r"));
        told(Wire.query("use a"));
        assertThat(rig.machine.keeping().replayable()).isTrue();
        told(latin1(3, "use \u00c1"));
        assertThat(rig.machine.keeping().replayable()).isFalse();
        assertThat(rig.machine.keeping().history().whole()).isFalse();
        assertThat(rig.machine.keeping().following().pins().reasons()).containsExactly(Pin.SESSION_STATE);
    }

    @Test
    void shouldStayWithTheOnlyServerThatWasTold() {
        open(true);
        told(Wire.query("a: x"));
        assertThat(rig.machine.keeping().following().pins().isEmpty()).isTrue();
        rig.send(Wire.query("read; use b")).reply("a", Wire.ok(1, 0));
        assertThat(database()).isEqualTo("b");
        assertThat(rig.machine.keeping().following().pins().reasons()).containsExactly(Pin.SESSION_STATE);
    }
}
