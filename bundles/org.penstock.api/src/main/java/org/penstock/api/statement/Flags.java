package org.penstock.api.statement;

/** Bits beside the type mask: properties of the text that modules ask for. */
public final class Flags {

    /** FOR UPDATE, FOR SHARE, LOCK IN SHARE MODE. */
    public static final int LOCKING = 1;
    /** {@code INTO @x}. */
    public static final int INTO_VARIABLE = 1 << 1;
    /** INTO OUTFILE or DUMPFILE. */
    public static final int INTO_FILE = 1 << 2;
    /** Calls something that is not a builtin function of the server: a stored function, a loaded one, a newer builtin. */
    public static final int UNKNOWN_FUNCTION = 1 << 3;
    /** More than one statement. The class is a write; what the later ones do to the session is for the server to report. */
    public static final int MULTI_STATEMENT = 1 << 4;
    /** The first comment begins with the hint word. */
    public static final int HINT = 1 << 5;
    /** Has a WHERE clause somewhere. */
    public static final int WHERE = 1 << 6;
    /** The meaning depends on a literal: results must not be kept by canonical form. */
    public static final int LITERAL_SENSITIVE = 1 << 7;
    /** FOUND_ROWS(), ROW_COUNT() and the like: only the server of the previous statement can answer. */
    public static final int RELATES_TO_PREVIOUS = 1 << 8;
    /** SHOW WARNINGS and ERRORS, GET DIAGNOSTICS, {@code @@warning_count}: speaks of the previous statement's messages. */
    public static final int DIAGNOSTICS = 1 << 9;
    /** A routine body or a block: delimiters inside do not end it. */
    public static final int COMPOUND = 1 << 10;
    /** Nothing but white space, comments and delimiters. */
    public static final int EMPTY = 1 << 11;
    /** A quote, a comment or an executable comment does not end. */
    public static final int UNTERMINATED = 1 << 12;
    /** Contains an executable comment; whether it counts depends on the server's version. */
    public static final int EXECUTABLE_COMMENT = 1 << 13;
    /** Begins with a word that is not a known verb. */
    public static final int UNKNOWN_VERB = 1 << 14;
    /** Only the beginning was read: {@link Classifier#MAX_BYTES}, or the caller had no more. */
    public static final int CUT = 1 << 15;
    /** The canonical form is longer than {@link Classification#MAX_CANONICAL} and ends there. */
    public static final int CANONICAL_CUT = 1 << 16;
    /** SET whose values have effects or differ by server: must run once, and leaves the session's state there. */
    public static final int SET_WITH_EFFECTS = 1 << 17;
    /** Ends what {@link Statement#pin} names: UNLOCK TABLES, BACKUP UNLOCK, XA COMMIT, HANDLER CLOSE, another isolation level than SERIALIZABLE. */
    public static final int UNPINS = 1 << 18;
    /** A temporary object is created or dropped. */
    public static final int TEMPORARY = 1 << 19;
    /** EXECUTE IMMEDIATE, or PREPARE from something other than a literal. */
    public static final int DYNAMIC_TEXT = 1 << 20;
    /** COMMIT RELEASE and ROLLBACK RELEASE: the server closes the connection. */
    public static final int RELEASE = 1 << 21;
    /** Sets {@code sql_mode} or the client's character set: how the session's later statements are read depends on the server's answer. */
    public static final int CHANGES_READING = 1 << 22;

    /** Goes on with a cursor or with long data that one server has: see {@code RouterContext.previous()}. */
    public static final int GOES_ON = 1 << 23;

    /** DDL, accounts, maintenance: no part of a transaction, the server commits one before it, or does not heed it. */
    public static final int COMMITS = 1 << 24;

    /** GET_LOCK() and its like: locks that a name stands for, no matter of transactions. */
    public static final int USER_LOCK = 1 << 25;

    private static final String[] NAMES = {
        "LOCKING",
        "INTO_VARIABLE",
        "INTO_FILE",
        "UNKNOWN_FUNCTION",
        "MULTI_STATEMENT",
        "HINT",
        "WHERE",
        "LITERAL_SENSITIVE",
        "RELATES_TO_PREVIOUS",
        "DIAGNOSTICS",
        "COMPOUND",
        "EMPTY",
        "UNTERMINATED",
        "EXECUTABLE_COMMENT",
        "UNKNOWN_VERB",
        "CUT",
        "CANONICAL_CUT",
        "SET_WITH_EFFECTS",
        "UNPINS",
        "TEMPORARY",
        "DYNAMIC_TEXT",
        "RELEASE",
        "CHANGES_READING",
        "GOES_ON",
        "COMMITS",
        "USER_LOCK"
    };

    private Flags() {}

    /** The names of the bits, in order, joined by {@code |}. */
    public static String toString(int flags) {
        return Types.names(flags, NAMES);
    }
}
