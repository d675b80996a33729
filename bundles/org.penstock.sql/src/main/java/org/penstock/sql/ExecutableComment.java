package org.penstock.sql;

/** The opening of a comment that servers of some version execute: its version number and whether these servers do. */
final class ExecutableComment {

    private static final int VERSION_DIGITS = 5;
    /** MariaDB passes over numbers of MySQL versions that it never had. */
    private static final int FOREIGN_FROM = 50_700;

    private static final int FOREIGN_TO = 99_999;

    private ExecutableComment() {}

    /** The index behind {@code /*!} or MariaDB's {@code /*M!}, when the text behind {@code /*}, at {@code from}, says so; else -1. */
    static int opening(byte[] in, int from, int end, Dialect dialect) {
        if (from < end && in[from] == '!') {
            return from + 1;
        }
        boolean maria =
                dialect.family() == ServerFamily.MARIADB && from + 1 < end && in[from] == 'M' && in[from + 1] == '!';
        return maria ? from + 2 : -1;
    }

    /** Digits of the version number at {@code from}; 0 when there is none, and then the comment is executed. */
    static int digits(byte[] in, int from, int end) {
        int digits = 0;
        while (digits <= VERSION_DIGITS
                && from + digits < end
                && ByteClass.OF[in[from + digits] & 0xff] == ByteClass.DIGIT) {
            digits++;
        }
        return digits < VERSION_DIGITS ? 0 : digits;
    }

    /** Whether servers of the dialect execute a comment with that number. */
    static boolean runs(byte[] in, int from, int digits, Dialect dialect) {
        int version = 0;
        for (int i = 0; i < digits; i++) {
            version = version * 10 + in[from + i] - '0';
        }
        boolean maria = in[from - 2] == 'M';
        boolean foreign =
                dialect.family() == ServerFamily.MARIADB && !maria && version >= FOREIGN_FROM && version <= FOREIGN_TO;
        return version <= dialect.version() && !foreign;
    }
}
