package org.penstock.core.account;

/** Matching with {@code %} for any characters, {@code _} for one, and a backslash before a character that means itself. */
final class WildPattern {
    private static final char MANY = '%';
    private static final char ONE = '_';
    private static final char ESCAPE = '\\';

    private WildPattern() {}

    /** Position of the first character that is a wildcard, or -1. */
    static int firstWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == ESCAPE) {
                i++;
            } else if (c == MANY || c == ONE) {
                return i;
            }
        }
        return -1;
    }

    /** The pattern without the backslashes that make characters mean themselves. */
    static String unescaped(String pattern) {
        if (pattern.indexOf(ESCAPE) < 0) {
            return pattern;
        }
        StringBuilder text = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == ESCAPE && i + 1 < pattern.length()) {
                i++;
            }
            text.append(pattern.charAt(i));
        }
        return text.toString();
    }

    /** Whether a pattern matches all of a text; case counts. At most the product of both lengths in steps. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int afterMany = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == MANY) {
                p++;
                afterMany = p;
                retry = t;
                continue;
            }
            int next = p < pattern.length() ? step(pattern, p, text.charAt(t)) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (afterMany >= 0) {
                p = afterMany;
                retry++;
                t = retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == MANY) {
            p++;
        }
        return p == pattern.length();
    }

    /** Position behind the pattern's element at {@code p} when that matches the character, else -1. */
    private static int step(String pattern, int p, char c) {
        char element = pattern.charAt(p);
        if (element == ESCAPE && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        return element == ONE || element == c ? p + 1 : -1;
    }
}
