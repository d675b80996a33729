package org.penstock.api.statement;

/** Where a statement may run, as its text alone says: transaction state, hints and a router's parameters come on top. */
public enum Placement {
    /** Any server. */
    ANY,
    /** The primary. */
    PRIMARY,
    /** Every connection of the session, and its history. */
    ALL,
    /** The primary, remembered until the next transaction begins. */
    NEXT_TRANSACTION,
    /** As the named statement was classified; where the session follows its statements they have that class themselves. */
    PREPARED,
    /** The server of the previous statement; of a cursor or of long data, the server that has it. See {@code RouterContext.previous()}. */
    PREVIOUS,
    /** Answered by the proxy: KILL names its connection ids. */
    PROXY;

    private static final int TO_ALL = Types.SESSION_WRITE
            | Types.USERVAR_WRITE
            | Types.GSYSVAR_WRITE
            | Types.ENABLE_AUTOCOMMIT
            | Types.DISABLE_AUTOCOMMIT
            | Types.PREPARE_NAMED_STMT
            | Types.DEALLOC_PREPARE;
    private static final int READS = Types.READ | Types.USERVAR_READ | Types.SYSVAR_READ | Types.GSYSVAR_READ;
    private static final int OF_PREVIOUS = Flags.EMPTY | Flags.RELATES_TO_PREVIOUS | Flags.DIAGNOSTICS | Flags.GOES_ON;
    private static final int TRANSACTION = Types.BEGIN_TRX | Types.COMMIT | Types.ROLLBACK;

    /** The placement of a statement. */
    public static Placement of(Statement statement) {
        int types = statement.types();
        if ((types & Types.PREPARE_STMT) != 0) {
            return ALL;
        }
        if (statement.operation() == Operation.KILL) {
            return PROXY;
        }
        if ((types & (Types.WRITE | Types.MASTER_READ)) == 0 && statement.has(OF_PREVIOUS)) {
            return PREVIOUS;
        }
        if ((types & (Types.WRITE | Types.MASTER_READ)) != 0) {
            return PRIMARY;
        }
        if ((types & Types.NEXT_TRX) != 0) {
            return NEXT_TRANSACTION;
        }
        if ((types & TO_ALL) != 0) {
            return ALL;
        }
        if ((types & Types.EXEC_STMT) != 0) {
            return PREPARED;
        }
        return (types & TRANSACTION) == 0 && (types & READS) != 0 ? ANY : PRIMARY;
    }
}
