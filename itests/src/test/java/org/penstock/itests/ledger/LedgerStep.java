package org.penstock.itests.ledger;

import java.sql.SQLException;
import java.util.Random;

/** What a client does next. */
enum LedgerStep {
    WRITE(LedgerWrites::write, 12),
    PREPARED_WRITE(LedgerWrites::preparedWrite, 8),
    BATCH(LedgerWrites::batch, 3),
    MULTI_STATEMENT(LedgerWrites::multiStatement, 2),
    PROCEDURE(LedgerWrites::procedure, 3),
    TRANSFER(LedgerWrites::transfer, 8),
    WITHOUT_AUTOCOMMIT(LedgerWrites::withoutAutocommit, 5),
    OWN_ENTRIES(LedgerReads::ownEntries, 15),
    BALANCE(LedgerReads::balance, 15),
    BEAT(LedgerReads::beat, 15),
    READ_ONLY_TRANSACTION(LedgerReads::readOnlyTransaction, 5),
    HINTED_READ(LedgerReads::hinted, 5),
    FOUND_ROWS(LedgerReads::foundRows, 3),
    SET_VARIABLE(LedgerState::setVariable, 5),
    SET_SESSION(LedgerState::setSession, 3),
    CHECK_STATE(LedgerState::check, 10),
    TEMPORARY_TABLE(LedgerState::temporaryTable, 4),
    TEXT_PREPARED(LedgerState::textPrepared, 4),
    USER_LOCK(LedgerState::userLock, 3),
    TABLE_LOCK(LedgerState::tableLock, 2);

    /** What is done in a session. */
    @FunctionalInterface
    interface Action {
        void in(LedgerSession session) throws SQLException;
    }

    private static final int ALL = weights();

    private final Action action;
    private final int weight;

    LedgerStep(Action action, int weight) {
        this.action = action;
        this.weight = weight;
    }

    void in(LedgerSession session) throws SQLException {
        action.in(session);
    }

    /** Whether it writes one entry, at the end or with nothing behind it, so that an error of a statement that was not executed means that it is not there. */
    boolean writesOneEntry() {
        return switch (this) {
            case WRITE, PREPARED_WRITE, PROCEDURE, TRANSFER, WITHOUT_AUTOCOMMIT -> true;
            default -> false;
        };
    }

    static LedgerStep any(Random random) {
        int rest = random.nextInt(ALL);
        for (LedgerStep step : values()) {
            rest -= step.weight;
            if (rest < 0) {
                return step;
            }
        }
        throw new AssertionError(rest);
    }

    private static int weights() {
        int sum = 0;
        for (LedgerStep step : values()) {
            sum += step.weight;
        }
        return sum;
    }
}
