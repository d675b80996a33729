package org.penstock.sql.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a real server says about its words: which are reserved, which are called like functions, which of those only without a blank. */
final class VocabularyProbe {

    private static final int SYNTAX = 1064;
    private static final int NO_SUCH_FUNCTION = 1305;
    private static final int NO_SUCH_STORED_FUNCTION = 1630;
    private static final int UNKNOWN_COLUMN = 1054;
    private static final List<String> SHAPES = List.of(
            "",
            "1",
            "1,2",
            "1,2,3",
            "1,2,3,4",
            "*",
            "'a' IN 'b'",
            "DAY FROM '2001-01-01'",
            "1 AS CHAR",
            "1 USING utf8mb4",
            "SELECT 1",
            "DAY, 1, '2001-01-01'",
            "1, INTERVAL 1 DAY",
            "a",
            "DISTINCT 1",
            "'a' FROM 'b'",
            "a, 1");

    private final Connection connection;

    VocabularyProbe(Connection connection) {
        this.connection = connection;
    }

    /** Word to flags: R reserved, F called as a builtin function, B the same but with a blank before the bracket a stored one. */
    TreeMap<String, String> words(Iterable<String> more) throws SQLException {
        // The driver asks for IGNORE_SPACE when it logs in.
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode = ''");
        }
        TreeSet<String> candidates = new TreeSet<>();
        more.forEach(candidates::add);
        candidates.addAll(column("SELECT word FROM information_schema.keywords"));
        candidates.addAll(column("SELECT function FROM information_schema.sql_functions"));
        candidates.addAll(column("SELECT name FROM mysql.help_topic"));
        TreeSet<String> keywords = new TreeSet<>();
        column("SELECT word FROM information_schema.keywords")
                .forEach(word -> keywords.add(word.toUpperCase(Locale.ROOT)));
        TreeMap<String, String> words = new TreeMap<>();
        for (String word : new TreeSet<>(
                candidates.stream().map(each -> each.toUpperCase(Locale.ROOT)).toList())) {
            if (!word.matches("[A-Z_][A-Z0-9_]*")) {
                continue;
            }
            if (!keywords.contains(word) && isStored(error("SELECT " + word + "()"))) {
                continue;
            }
            String flags = flags(word);
            if (keywords.contains(word) || !flags.isEmpty()) {
                words.put(word, flags.isEmpty() ? "-" : flags);
            }
        }
        return words;
    }

    private String flags(String word) throws SQLException {
        String flags = error("SELECT q.a FROM (SELECT 1 AS a) q WHERE " + word + " = 1") == UNKNOWN_COLUMN ? "" : "R";
        boolean called = false;
        boolean stored = false;
        boolean storedWithBlank = false;
        for (String shape : SHAPES) {
            int tight = error("SELECT " + word + "(" + shape + ")");
            int loose = error("SELECT " + word + " (" + shape + ")");
            stored |= isStored(tight);
            storedWithBlank |= isStored(loose);
            called |= tight != SYNTAX;
        }
        called |= error("SELECT * FROM " + word + "('{}', '$' COLUMNS (a INT PATH '$')) AS t") != SYNTAX;
        if (stored) {
            return flags;
        }
        if (!called) {
            // No form of a call is grammar: neither a builtin nor a stored function.
            return flags + (storedWithBlank ? "B" : "N");
        }
        return flags + (storedWithBlank ? "B" : "F");
    }

    private static boolean isStored(int error) {
        return error == NO_SUCH_FUNCTION || error == NO_SUCH_STORED_FUNCTION;
    }

    private int error(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE probe FROM '" + sql.replace("'", "''") + "'");
            return 0;
        } catch (SQLException refused) {
            if (refused.getErrorCode() == 0) {
                throw refused;
            }
            return refused.getErrorCode();
        }
    }

    /** First column, or nothing when the server has no such table. */
    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException missing) {
            if (missing.getErrorCode() == 0) {
                throw missing;
            }
        }
        return values;
    }
}
