package org.penstock.filter.common;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Payload;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Texts;

/**
 * A PCRE-like pattern that is matched against bytes, as PCRE without its UTF mode does it: independent of the character set, letters fold in ASCII only.
 *
 * <p>The cost of one match is bounded: after {@link #BASE_STEPS} plus {@link #STEPS_PER_BYTE} for each byte of the text it fails with a {@link PatternCostException}.
 */
public final class StatementPattern {
    /** Reads of a character that any match may take. */
    public static final long BASE_STEPS = 1_000_000;

    /** Further reads for each byte of the text. */
    public static final long STEPS_PER_BYTE = 16;

    /** How a pattern is read. */
    public enum Option {
        /** Upper and lower case of ASCII letters are the same. */
        IGNORE_CASE,
        /** White space and comments in the pattern are left out. */
        FREE_SPACING
    }

    private final String source;
    private final Pattern pattern;

    private StatementPattern(String source, Pattern pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    /**
     * Compiles; quotes and slashes around the pattern are left out.
     *
     * @throws ConfigurationException with the position and the reason when it is no valid pattern
     */
    public static StatementPattern compile(String source, Set<Option> options) {
        int flags = Pattern.UNIX_LINES;
        flags |= options.contains(Option.IGNORE_CASE) ? Pattern.CASE_INSENSITIVE : 0;
        flags |= options.contains(Option.FREE_SPACING) ? Pattern.COMMENTS : 0;
        try {
            return new StatementPattern(source, Pattern.compile(PcreSyntax.toJava(latin(Texts.regex(source))), flags));
        } catch (PatternSyntaxException e) {
            ConfigurationException refused = new ConfigurationException(
                    source, "a regular expression (" + e.getDescription() + " near position " + e.getIndex() + ")");
            refused.initCause(e);
            throw refused;
        }
    }

    /**
     * Whether the bytes from {@code from} on contain a match.
     *
     * @throws PatternCostException beyond the bound
     */
    public boolean find(Payload text, int from) {
        return bounded(
                () -> matcher(i -> text.at(from + i), text.length() - from).find());
    }

    /** Whether a text contains a match. */
    public boolean find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bounded(() -> matcher(i -> bytes[i], bytes.length).find());
    }

    /**
     * The payload with every match from {@code from} on replaced, or null when there is none.
     *
     * @throws PatternCostException beyond the bound, or when the result is longer than {@link Replacement#MAX_RESULT}
     */
    public byte @Nullable [] replaceAll(Payload payload, int from, Replacement replacement) {
        return bounded(
                () -> replacement.apply(matcher(i -> payload.at(from + i), payload.length() - from), payload, from));
    }

    Pattern java() {
        return pattern;
    }

    static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return source;
    }

    private Matcher matcher(IntUnaryOperator bytes, int length) {
        return pattern.matcher(new BudgetedText(bytes, length, BASE_STEPS + STEPS_PER_BYTE * length));
    }

    private static <T extends @Nullable Object> T bounded(Supplier<T> match) {
        try {
            return match.get();
        } catch (StackOverflowError e) {
            throw new PatternCostException("nested deeper than the stack allows");
        }
    }
}
