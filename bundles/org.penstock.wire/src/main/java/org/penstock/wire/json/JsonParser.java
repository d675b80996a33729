package org.penstock.wire.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonValue.JsonArray;
import org.penstock.wire.json.JsonValue.JsonLiteral;
import org.penstock.wire.json.JsonValue.JsonNumber;
import org.penstock.wire.json.JsonValue.JsonObject;
import org.penstock.wire.json.JsonValue.JsonString;

/** Reads one JSON text (RFC 8259). What is wrong is named with its line and column. */
public final class JsonParser {
    /** Longest text. */
    public static final int MAX_LENGTH = 64 << 20;

    /** Most objects and arrays inside one another. */
    public static final int MAX_DEPTH = 64;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,63})(\\.\\d{1,64})?([eE][+-]?\\d{1,9})?");
    private static final int LOWEST_PRINTABLE = 0x20;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;
    private int depth;

    private JsonParser(String text) {
        this.text = text;
    }

    /**
     * The value that a text is.
     *
     * @throws CodecException when it is none
     */
    public static JsonValue parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new CodecException("expected at most " + MAX_LENGTH + " characters of JSON, got " + text.length());
        }
        JsonParser parser = new JsonParser(text);
        JsonValue value = parser.value();
        parser.space();
        if (parser.at < text.length()) {
            throw parser.wrong("the end");
        }
        return value;
    }

    /**
     * The object that a text is.
     *
     * @throws CodecException when it is none
     */
    public static JsonObject parseObject(String text) {
        if (parse(text) instanceof JsonObject object) {
            return object;
        }
        throw new CodecException("expected an object in braces");
    }

    private JsonValue value() {
        space();
        char c = at < text.length() ? text.charAt(at) : 0;
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> literal("true", JsonLiteral.TRUE);
            case 'f' -> literal("false", JsonLiteral.FALSE);
            case 'n' -> literal("null", JsonLiteral.NULL);
            default -> number();
        };
    }

    private JsonValue object() {
        enter();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (!next('}')) {
            do {
                space();
                String name = string();
                expect(':');
                members.put(name, value());
            } while (next(','));
            expect('}');
        }
        depth--;
        return new JsonObject(members);
    }

    private JsonValue array() {
        enter();
        List<JsonValue> elements = new ArrayList<>();
        if (!next(']')) {
            do {
                elements.add(value());
            } while (next(','));
            expect(']');
        }
        depth--;
        return new JsonArray(elements);
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw wrong("at most " + MAX_DEPTH + " values inside one another");
        }
        at++;
    }

    private JsonValue literal(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value");
        }
        at += word.length();
        return value;
    }

    private JsonValue number() {
        Matcher matcher = NUMBER.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw wrong("a value");
        }
        at = matcher.end();
        return new JsonNumber(matcher.group());
    }

    private String string() {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw wrong("a string in double quotes");
        }
        at++;
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c < LOWEST_PRINTABLE) {
                throw wrong("a string without control characters");
            }
            at++;
            string.append(c == '\\' ? escaped() : c);
        }
        if (at >= text.length()) {
            throw wrong("the end of the string");
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("a character that may follow a backslash");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private void expect(char c) {
        if (!next(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private boolean next(char c) {
        space();
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private CodecException wrong(String expected) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        String got = at >= text.length() ? "the end of the text" : "'" + text.charAt(at) + "'";
        return new CodecException(
                "line " + line + ", column " + (at - start + 1) + ": expected " + expected + ", got " + got);
    }
}
