package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.wire.CommandType;

/** Every command byte and where it may run. */
class CommandClassesTest {
    private static final Map<Integer, Placement> PLACEMENTS = Map.ofEntries(
            Map.entry(CommandType.QUIT, Placement.ALL),
            Map.entry(CommandType.INIT_DB, Placement.ALL),
            Map.entry(CommandType.REFRESH, Placement.ALL),
            Map.entry(CommandType.DEBUG, Placement.ALL),
            Map.entry(CommandType.PING, Placement.ALL),
            Map.entry(CommandType.CHANGE_USER, Placement.ALL),
            Map.entry(CommandType.SET_OPTION, Placement.ALL),
            Map.entry(CommandType.RESET_CONNECTION, Placement.ALL),
            Map.entry(CommandType.STMT_RESET, Placement.ALL),
            Map.entry(CommandType.STMT_CLOSE, Placement.ALL),
            Map.entry(CommandType.STMT_FETCH, Placement.PREVIOUS),
            Map.entry(CommandType.PROCESS_KILL, Placement.PROXY));

    static java.util.stream.IntStream codes() {
        return java.util.stream.IntStream.range(0, 256);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void shouldPlaceEveryCommandByte(int code) {
        assertThat(CommandClasses.of(code).placement())
                .as(CommandType.name(code))
                .isEqualTo(PLACEMENTS.getOrDefault(code, Placement.PRIMARY));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void shouldLeaveOnlyTheResetToTheServer(int code) {
        TransactionEffect expected =
                code == CommandType.RESET_CONNECTION ? TransactionEffect.UNKNOWN : TransactionEffect.NONE;
        assertThat(CommandClasses.of(code).transactionEffect()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void shouldNameWhatTheCommandDoes(int code) {
        Operation expected =
                switch (code) {
                    case CommandType.INIT_DB -> Operation.CHANGE_DB;
                    case CommandType.CREATE_DB -> Operation.CREATE;
                    case CommandType.DROP_DB -> Operation.DROP;
                    case CommandType.PROCESS_KILL -> Operation.KILL;
                    default -> Operation.UNDEFINED;
                };
        assertThat(CommandClasses.of(code).operation()).isEqualTo(expected);
    }
}
