package org.penstock.filter.common;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Payload;
import org.penstock.api.value.ConfigurationException;

/** The text that takes the place of a match: literal bytes and references {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}}; {@code $$} is a dollar sign. */
public final class Replacement {
    /** Most bytes that a rewritten payload may have. */
    public static final int MAX_RESULT = CommandInterest.MAX_COMPLETE;

    /** Either literal bytes, or a group by number or name. */
    private record Part(byte[] literal, int group, @Nullable String name) {}

    private final List<Part> parts = new ArrayList<>();

    private Replacement() {}

    /**
     * Parses.
     *
     * @throws ConfigurationException when a reference is incomplete or names a group that the pattern does not have
     */
    public static Replacement parse(String text, StatementPattern pattern) {
        Replacement replacement = new Replacement();
        int groups = pattern.java().matcher("").groupCount();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$') {
                literal.append(c);
                at++;
            } else if (text.startsWith("$$", at)) {
                literal.append('$');
                at += 2;
            } else {
                replacement.flush(literal);
                at = replacement.reference(text, at, pattern, groups);
            }
        }
        replacement.flush(literal);
        return replacement;
    }

    private void flush(StringBuilder literal) {
        if (literal.length() > 0) {
            parts.add(new Part(literal.toString().getBytes(StandardCharsets.UTF_8), -1, null));
            literal.setLength(0);
        }
    }

    private int reference(String text, int dollar, StatementPattern pattern, int groups) {
        boolean braced = text.startsWith("{", dollar + 1);
        int start = dollar + (braced ? 2 : 1);
        int end = start;
        boolean digits = start < text.length() && isDigit(text.charAt(start));
        while (end < text.length() && (digits ? isDigit(text.charAt(end)) : isWord(text.charAt(end)))) {
            end++;
        }
        if (end == start || (braced && !text.startsWith("}", end))) {
            throw new ConfigurationException(
                    text, "a group at position " + dollar + ", such as $1 or ${name}, or $$ for a dollar sign");
        }
        String group = text.substring(start, end);
        if (digits) {
            if (group.length() > 3 || Integer.parseInt(group) > groups) {
                throw new ConfigurationException(text, "groups from $0 to $" + groups + " instead of $" + group);
            }
            parts.add(new Part(new byte[0], Integer.parseInt(group), null));
        } else {
            if (!pattern.java().pattern().contains("(?<" + group + ">")) {
                throw new ConfigurationException(text, "the name of a group of match instead of $" + group);
            }
            parts.add(new Part(new byte[0], -1, group));
        }
        return end + (braced ? 1 : 0);
    }

    byte @Nullable [] apply(Matcher matcher, Payload payload, int from) {
        if (!matcher.find()) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length() + 64);
        int copied = 0;
        do {
            copy(payload, copied, from + matcher.start(), out);
            for (Part part : parts) {
                append(part, matcher, payload, from, out);
            }
            copied = from + matcher.end();
        } while (matcher.find());
        copy(payload, copied, payload.length(), out);
        return out.toByteArray();
    }

    private static void append(Part part, Matcher matcher, Payload payload, int from, ByteArrayOutputStream out) {
        String name = part.name();
        if (name != null) {
            copy(payload, from + matcher.start(name), from + matcher.end(name), out);
        } else if (part.group() >= 0) {
            copy(payload, from + matcher.start(part.group()), from + matcher.end(part.group()), out);
        } else {
            check(out.size() + part.literal().length);
            out.writeBytes(part.literal());
        }
    }

    private static void copy(Payload payload, int start, int end, ByteArrayOutputStream out) {
        if (end > start) {
            check(out.size() + (end - start));
            byte[] bytes = new byte[end - start];
            payload.copy(start, bytes, 0, bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static void check(int size) {
        if (size > MAX_RESULT) {
            throw new PatternCostException("the result is longer than " + MAX_RESULT + " bytes");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return isDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
