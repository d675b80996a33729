package org.penstock.sql;

/** Words inside expressions: operators, values, and those before an expression that may happen to begin with a bracket. */
final class ExpressionWords {

    private ExpressionWords() {}

    /** The operator's name, empty when the word is none. */
    static String operator(int id) {
        return switch (id) {
            case Keyword.LIKE -> "LIKE";
            case Keyword.AND -> "AND";
            case Keyword.OR -> "OR";
            case Keyword.XOR -> "XOR";
            case Keyword.NOT -> "NOT";
            case Keyword.IN -> "IN";
            case Keyword.IS -> "IS";
            case Keyword.BETWEEN -> "BETWEEN";
            case Keyword.REGEXP -> "REGEXP";
            case Keyword.RLIKE -> "RLIKE";
            case Keyword.DIV -> "DIV";
            case Keyword.MOD -> "MOD";
            case Keyword.EXISTS -> "EXISTS";
            default -> "";
        };
    }

    /** Words before an expression that may happen to begin with a bracket. */
    static boolean isPrefix(int id) {
        return switch (id) {
            case Keyword.IN,
                    Keyword.EXISTS,
                    Keyword.DISTINCT,
                    Keyword.DISTINCTROW,
                    Keyword.ALL,
                    Keyword.STRAIGHT_JOIN,
                    Keyword.BINARY,
                    Keyword.NOT,
                    Keyword.HIGH_PRIORITY,
                    Keyword.SQL_CALC_FOUND_ROWS,
                    Keyword.CASE,
                    Keyword.SELECT,
                    Keyword.WITH -> true;
            default -> false;
        };
    }

    /** A function without brackets, or MAXVALUE. */
    static boolean isValue(String word) {
        return begins(word, "CURRENT_")
                || begins(word, "UTC_")
                || begins(word, "LOCALTIME")
                || word.equalsIgnoreCase("MAXVALUE");
    }

    private static boolean begins(String word, String upper) {
        return word.regionMatches(true, 0, upper, 0, upper.length());
    }

    /** A word that ends an operand. */
    static boolean isValue(int id) {
        return id == Keyword.NULL
                || id == Keyword.TRUE
                || id == Keyword.FALSE
                || id == Keyword.DEFAULT
                || id == Keyword.END
                || id == Keyword.ASC
                || id == Keyword.DESC;
    }
}
