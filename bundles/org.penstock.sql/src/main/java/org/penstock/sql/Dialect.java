package org.penstock.sql;

/**
 * Everything besides the bytes that decides how a statement is read. Part of every cache key.
 *
 * @param family the servers' family
 * @param version the lowest version among the session's servers, as executable comments write it: 101106 is 10.11.6, 80036 is 8.0.36
 * @param sqlMode bits of {@link SqlMode}, as the server confirmed them
 * @param charset the client's character set
 */
public record Dialect(ServerFamily family, int version, int sqlMode, ClientCharset charset) {

    /** MariaDB 10.11 with the server's defaults. */
    public static final Dialect DEFAULT = new Dialect(ServerFamily.MARIADB, 101100, 0, ClientCharset.ASCII_BASED);

    private static final int MINOR = 100;
    private static final int MAJOR = 10_000;

    /** The same with another mode. */
    public Dialect withSqlMode(int mode) {
        return new Dialect(family, version, mode, charset);
    }

    /** The same with another character set. */
    public Dialect withCharset(ClientCharset other) {
        return new Dialect(family, version, sqlMode, other);
    }

    /** The number of a version text such as {@code 5.5.5-10.11.6-MariaDB}; 0 when it does not begin with a number. */
    public static int versionNumber(String text) {
        String version =
                text.startsWith("5.5.5-") && text.contains("MariaDB") ? text.substring("5.5.5-".length()) : text;
        int[] parts = new int[3];
        int part = 0;
        for (int i = 0; i < version.length() && part < parts.length; i++) {
            char c = version.charAt(i);
            if (c >= '0' && c <= '9' && parts[part] < MAJOR) {
                parts[part] = parts[part] * 10 + c - '0';
            } else if (c == '.') {
                part++;
            } else {
                break;
            }
        }
        return parts[0] * MAJOR + parts[1] * MINOR + Math.min(parts[2], MINOR - 1);
    }

    boolean is(int modeBit) {
        return (sqlMode & modeBit) != 0;
    }
}
