package org.penstock.filter.common;

import java.util.Map;
import java.util.regex.PatternSyntaxException;

/** Rewrites what PCRE and java.util.regex write differently: POSIX classes, literals in classes, Python's group names, braces that are no quantifier. */
final class PcreSyntax {
    private static final Map<String, String> POSIX = Map.ofEntries(
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("ascii", "\\p{ASCII}"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("space", "\\p{Space}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("word", "\\w"),
            Map.entry("xdigit", "\\p{XDigit}"));

    private final String in;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private PcreSyntax(String in) {
        this.in = in;
    }

    static String toJava(String pcre) {
        return new PcreSyntax(pcre).translate();
    }

    private String translate() {
        while (at < in.length()) {
            if (in.startsWith("\\Q", at)) {
                int end = in.indexOf("\\E", at + 2);
                copy(end < 0 ? in.length() - at : end + 2 - at);
            } else if (in.charAt(at) == '\\') {
                copy(2);
            } else if (in.charAt(at) == '[') {
                characterClass();
            } else if (in.startsWith("(?P<", at)) {
                put("(?<", 4);
            } else if (in.startsWith("(?P=", at) && in.indexOf(')', at) > 0) {
                int end = in.indexOf(')', at);
                put("\\k<" + in.substring(at + 4, end) + ">", end + 1 - at);
            } else if (in.charAt(at) == '{' && !quantifier()) {
                put("\\{", 1);
            } else {
                copy(1);
            }
        }
        return out.toString();
    }

    private boolean quantifier() {
        int i = at + 1;
        int digits = 0;
        while (i < in.length() && Character.isDigit(in.charAt(i))) {
            i++;
            digits++;
        }
        if (i < in.length() && in.charAt(i) == ',') {
            i++;
            while (i < in.length() && Character.isDigit(in.charAt(i))) {
                i++;
            }
        }
        return digits > 0 && i < in.length() && in.charAt(i) == '}';
    }

    private void characterClass() {
        copy(1);
        if (at < in.length() && in.charAt(at) == '^') {
            copy(1);
        }
        if (at < in.length() && in.charAt(at) == ']') {
            put("\\]", 1);
        }
        while (at < in.length() && in.charAt(at) != ']') {
            classMember();
        }
        copy(1);
    }

    private void classMember() {
        char c = in.charAt(at);
        if (c == '\\') {
            if (in.startsWith("\\b", at)) {
                put("\\x08", 2);
            } else {
                copy(2);
            }
        } else if (in.startsWith("[:", at) && in.indexOf(":]", at) > 0) {
            int end = in.indexOf(":]", at);
            boolean negated = in.startsWith("[:^", at);
            String name = in.substring(at + (negated ? 3 : 2), end);
            String posix = POSIX.get(name);
            if (posix == null) {
                throw new PatternSyntaxException("unknown POSIX class name '" + name + "'", in, at);
            }
            put(negated ? posix.replace("\\p", "\\P").replace("\\w", "\\W") : posix, end + 2 - at);
        } else if (c == '[' || c == '&' || c == '#' || c == ' ') {
            put("\\" + c, 1);
        } else {
            copy(1);
        }
    }

    private void copy(int count) {
        int end = Math.min(in.length(), at + count);
        out.append(in, at, end);
        at = end;
    }

    private void put(String replacement, int consumed) {
        out.append(replacement);
        at += consumed;
    }
}
