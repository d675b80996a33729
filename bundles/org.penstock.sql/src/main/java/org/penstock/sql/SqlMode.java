package org.penstock.sql;

import java.util.Locale;

/** The parts of {@code sql_mode} that change how a statement is read, as bits. */
public final class SqlMode {

    /** {@code "x"} is a name. */
    public static final int ANSI_QUOTES = 1;
    /** A backslash in a string is an ordinary character. */
    public static final int NO_BACKSLASH_ESCAPES = 1 << 1;
    /** MariaDB's PL/SQL dialect. */
    public static final int ORACLE = 1 << 2;
    /** A builtin function may be separated from its bracket; also the capability CLIENT_IGNORE_SPACE. */
    public static final int IGNORE_SPACE = 1 << 3;

    private SqlMode() {}

    /** The bits of a value as servers report it, names separated by commas; other names are passed over. */
    public static int parse(String value) {
        int mode = 0;
        for (String name : value.split(",", -1)) {
            mode |= switch (name.trim().toUpperCase(Locale.ROOT)) {
                case "ANSI_QUOTES" -> ANSI_QUOTES;
                case "NO_BACKSLASH_ESCAPES" -> NO_BACKSLASH_ESCAPES;
                case "IGNORE_SPACE" -> IGNORE_SPACE;
                case "ORACLE" -> ORACLE | ANSI_QUOTES | IGNORE_SPACE;
                case "ANSI", "DB2", "MAXDB", "MSSQL", "POSTGRESQL" -> ANSI_QUOTES | IGNORE_SPACE;
                default -> 0;
            };
        }
        return mode;
    }
}
