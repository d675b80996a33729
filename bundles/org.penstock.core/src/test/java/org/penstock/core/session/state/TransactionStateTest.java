package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Transaction;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.wire.ServerStatus;

/**
 * Every state with every effect of a statement, and with every answer of a server.
 *
 * <p>A state is written in letters: {@code o} autocommit is off, {@code D} the session's default is read only, {@code w} and {@code r} a transaction is open
 * that writes or does not, {@code n} and {@code N} SET TRANSACTION made the next one read only or not; {@code -} none of these.
 */
class TransactionStateTest {
    private static final String[] STATES = {
        "-", "w", "r", "o", "ow", "or", "D", "Dw", "Dr", "oD", "oDw", "oDr", "n", "N", "on", "oN", "Dn", "DN", "oDn",
        "oDN"
    };

    /** Columns: NONE, BEGIN, BEGIN_READ_ONLY, BEGIN_READ_WRITE, END, END_AND_BEGIN, AUTOCOMMIT_OFF, AUTOCOMMIT_ON, UNKNOWN. */
    private static final String[][] AFTER = {
        {"-", "w", "r", "w", "-", "w", "o", "-", "-"},
        {"w", "w", "r", "w", "-", "w", "ow", "w", "w"},
        {"r", "w", "r", "w", "-", "r", "or", "r", "r"},
        {"o", "ow", "or", "ow", "o", "ow", "o", "-", "o"},
        {"ow", "ow", "or", "ow", "o", "ow", "ow", "-", "ow"},
        {"or", "ow", "or", "ow", "o", "or", "or", "-", "or"},
        {"D", "Dr", "Dr", "Dw", "D", "Dr", "oD", "D", "D"},
        {"Dw", "Dr", "Dr", "Dw", "D", "Dw", "oDw", "Dw", "Dw"},
        {"Dr", "Dr", "Dr", "Dw", "D", "Dr", "oDr", "Dr", "Dr"},
        {"oD", "oDr", "oDr", "oDw", "oD", "oDr", "oD", "D", "oD"},
        {"oDw", "oDr", "oDr", "oDw", "oD", "oDw", "oDw", "D", "oDw"},
        {"oDr", "oDr", "oDr", "oDw", "oD", "oDr", "oDr", "D", "oDr"},
        {"n", "w", "r", "w", "-", "w", "on", "n", "n"},
        {"N", "w", "r", "w", "-", "w", "oN", "N", "N"},
        {"on", "ow", "or", "ow", "o", "ow", "on", "-", "on"},
        {"oN", "ow", "or", "ow", "o", "ow", "oN", "-", "oN"},
        {"Dn", "Dw", "Dr", "Dw", "D", "Dw", "oDn", "Dn", "Dn"},
        {"DN", "Dw", "Dr", "Dw", "D", "Dw", "oDN", "DN", "DN"},
        {"oDn", "oDw", "oDr", "oDw", "oD", "oDw", "oDn", "D", "oDn"},
        {"oDN", "oDw", "oDr", "oDw", "oD", "oDw", "oDN", "D", "oDN"},
    };

    private static final TransactionEffect[] EFFECTS = {
        TransactionEffect.NONE,
        TransactionEffect.BEGIN,
        TransactionEffect.BEGIN_READ_ONLY,
        TransactionEffect.BEGIN_READ_WRITE,
        TransactionEffect.END,
        TransactionEffect.END_AND_BEGIN,
        TransactionEffect.AUTOCOMMIT_OFF,
        TransactionEffect.AUTOCOMMIT_ON,
        TransactionEffect.UNKNOWN
    };

    private static StatementClass types(int types) {
        return StatementClass.of(Operation.UNDEFINED, types, 0);
    }

    private static final StatementClass PLAIN = types(Types.READ);

    private static TransactionState state(String letters) {
        TransactionState state = new TransactionState();
        for (char letter : letters.toCharArray()) {
            switch (letter) {
                case 'o' -> state.sent(TransactionEffect.AUTOCOMMIT_OFF, types(Types.SESSION_WRITE));
                case 'D' -> state.sent(TransactionEffect.NONE, types(Types.SESSION_WRITE | Types.READONLY));
                case 'n' -> state.sent(TransactionEffect.NONE, types(Types.NEXT_TRX | Types.READONLY));
                case 'N' -> state.sent(TransactionEffect.NONE, types(Types.NEXT_TRX | Types.READWRITE));
                case 'w' -> state.sent(TransactionEffect.BEGIN_READ_WRITE, PLAIN);
                case 'r' -> state.sent(TransactionEffect.BEGIN_READ_ONLY, PLAIN);
                default -> {}
            }
        }
        return state;
    }

    static Stream<List<Object>> cells() {
        assertThat(EFFECTS).containsExactlyInAnyOrder(TransactionEffect.values());
        assertThat(AFTER).hasDimensions(STATES.length, EFFECTS.length);
        List<List<Object>> cells = new ArrayList<>();
        for (int s = 0; s < STATES.length; s++) {
            for (int e = 0; e < EFFECTS.length; e++) {
                cells.add(List.of(STATES[s], EFFECTS[e], AFTER[s][e]));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldFollowWhatStatementsSay(List<Object> cell) {
        TransactionState state = state((String) cell.get(0));
        state.sent(state.resolved((TransactionEffect) cell.get(1)), PLAIN);
        assertThat(state.saved())
                .as(cell.toString())
                .isEqualTo(state((String) cell.get(2)).saved());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void shouldGoBackWhenAStatementFails(List<Object> cell) {
        TransactionState state = state((String) cell.get(0));
        int before = state.saved();
        state.sent(state.resolved((TransactionEffect) cell.get(1)), PLAIN);
        state.restore(before);
        assertThat(state.saved()).isEqualTo(state((String) cell.get(0)).saved());
    }

    /** What a session is in: the letters {@code w}, {@code r} or {@code -}. */
    @ParameterizedTest
    @CsvSource({
        "-,-", "w,w", "r,r", "o,w", "ow,w", "or,r", "D,-", "Dw,w", "Dr,r", "oD,r", "oDw,w", "oDr,r", "n,-", "N,-",
        "on,w", "oN,w", "Dn,-", "DN,-", "oDn,w", "oDN,w"
    })
    void shouldSayWhatTheNextStatementFinds(String letters, char expected) {
        Transaction transaction =
                switch (expected) {
                    case 'w' -> Transaction.READ_WRITE;
                    case 'r' -> Transaction.READ_ONLY;
                    default -> Transaction.NONE;
                };
        assertThat(state(letters).current()).isEqualTo(transaction);
        assertThat(state(letters).autocommit()).isEqualTo(!letters.contains("o"));
    }

    static Stream<List<Object>> answers() {
        List<List<Object>> cells = new ArrayList<>();
        for (String state : STATES) {
            for (int bits = 0; bits < 8; bits++) {
                cells.add(List.of(state, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0));
            }
        }
        return cells.stream();
    }

    /** In a transaction as the server says, read only where both say so; autocommit as the server says; defaults and what was set for once stay. */
    @ParameterizedTest
    @MethodSource("answers")
    void shouldBelieveTheServer(List<Object> cell) {
        String letters = (String) cell.get(0);
        boolean in = (boolean) cell.get(1);
        boolean autocommit = (boolean) cell.get(2);
        boolean readOnly = (boolean) cell.get(3);
        TransactionState state = state(letters);
        state.confirmed((in ? ServerStatus.IN_TRANS : 0)
                | (autocommit ? ServerStatus.AUTOCOMMIT : 0)
                | (readOnly ? ServerStatus.IN_TRANS_READONLY : 0));
        boolean open = letters.contains("w") || letters.contains("r");
        boolean defaults = letters.contains("D") && !letters.contains("n") && !letters.contains("N");
        boolean saidSo = open ? letters.contains("r") : !autocommit && defaults;
        String expected = (autocommit ? "" : "o")
                + (letters.contains("D") ? "D" : "")
                + (in ? saidSo && readOnly ? "r" : "w" : "");
        TransactionState wanted = state(expected);
        int next = letters.contains("n")
                ? state("n").saved()
                : letters.contains("N") ? state("N").saved() : 0;
        assertThat(state.saved()).as(cell.toString()).isEqualTo(wanted.saved() | next);
    }

    @Test
    void shouldSayWhatSetTransactionMakesOfABegin() {
        assertThat(state("-").resolved(TransactionEffect.BEGIN)).isEqualTo(TransactionEffect.BEGIN);
        assertThat(state("D").resolved(TransactionEffect.BEGIN)).isEqualTo(TransactionEffect.BEGIN_READ_ONLY);
        assertThat(state("DN").resolved(TransactionEffect.BEGIN)).isEqualTo(TransactionEffect.BEGIN);
        assertThat(state("n").resolved(TransactionEffect.BEGIN)).isEqualTo(TransactionEffect.BEGIN);
        for (TransactionEffect effect : TransactionEffect.values()) {
            if (effect != TransactionEffect.BEGIN) {
                assertThat(state("D").resolved(effect)).isEqualTo(effect);
            }
        }
    }

    @Test
    void shouldTakeAGlobalDefaultForNothing() {
        TransactionState state = state("-");
        state.sent(TransactionEffect.NONE, types(Types.GSYSVAR_WRITE | Types.READONLY));
        state.sent(TransactionEffect.NONE, types(Types.SESSION_WRITE | Types.GSYSVAR_WRITE | Types.READONLY));
        assertThat(state.saved()).isEqualTo(state("-").saved());
    }

    @Test
    void shouldAssumeATransactionWhereTheServerDoesNotSay() {
        for (String letters : STATES) {
            TransactionState state = state(letters);
            state.uncertain();
            assertThat(state.current()).isEqualTo(Transaction.READ_WRITE);
        }
    }

    @Test
    void shouldLoseATransactionWithItsServerButNotTheSessionsMode() {
        TransactionState state = state("oDr");
        state.lost();
        assertThat(state.saved()).isEqualTo(state("oD").saved());
        state.clear();
        assertThat(state.toString()).isEqualTo("none");
    }
}
