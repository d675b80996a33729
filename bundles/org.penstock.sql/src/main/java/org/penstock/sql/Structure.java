package org.penstock.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement names. Names are as written, without quotes, decoded as UTF-8; each is listed once.
 *
 * @param grade how much of it can be relied on
 * @param tables tables and views, without aliases and common table expressions
 * @param databases databases that are written out, in front of a table or by USE
 * @param fields columns; also {@code *}
 * @param functions calls and operators
 * @param createdTable the table that CREATE TABLE names
 * @param preparedName the name in PREPARE, EXECUTE and DEALLOCATE PREPARE
 * @param preparedText the literal text in PREPARE ... FROM
 * @param usedDatabase the database that USE names; of several statements the last USE counts
 * @param kill what KILL names
 */
public record Structure(
        Grade grade,
        List<Table> tables,
        List<String> databases,
        List<Field> fields,
        List<Function> functions,
        @Nullable Table createdTable,
        @Nullable String preparedName,
        @Nullable String preparedText,
        @Nullable String usedDatabase,
        @Nullable Kill kill) {

    /** How well the structure is known. */
    public enum Grade {
        /** Not a statement: something is not closed or cannot stand where it stands. */
        INVALID,
        /** Only its tokens are known. */
        TOKENIZED,
        /** Something was met that there is no rule for: names may be missing. */
        PARTIAL,
        /** Every token had its rule. */
        PARSED
    }

    /** A table as written. */
    public record Table(@Nullable String database, String name) {
        @Override
        public String toString() {
            return database == null ? name : database + "." + name;
        }
    }

    /**
     * A column as written.
     *
     * @param context bits of {@link Context}: every place where it occurs
     */
    public record Field(@Nullable String database, @Nullable String table, String column, int context) {
        @Override
        public String toString() {
            return (database == null ? "" : database + ".") + (table == null ? "" : table + ".") + column;
        }
    }

    /** A function or an operator, and the fields among its arguments. */
    public record Function(String name, List<Field> fields) {}

    /**
     * What KILL asks for.
     *
     * @param queryOnly the query, not the connection
     * @param byQueryId the number is a query's
     * @param soft SOFT was given
     * @param id a number, or null
     * @param user an account, or null
     */
    public record Kill(boolean queryOnly, boolean byQueryId, boolean soft, @Nullable Long id, @Nullable String user) {}

    /** Bits of the places where a field may occur. */
    public static final class Context {
        public static final int SELECT_LIST = 1;
        public static final int SUBQUERY = 1 << 1;
        public static final int WHERE = 1 << 2;
        public static final int SET = 1 << 3;
        public static final int GROUP_BY = 1 << 4;
        /** The right side of a UNION. */
        public static final int UNION = 1 << 5;

        private Context() {}
    }
}
