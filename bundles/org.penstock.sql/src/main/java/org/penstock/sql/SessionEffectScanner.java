package org.penstock.sql;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link SessionEffect} of SET, USE, PREPARE, DEALLOCATE PREPARE, and of SELECT that sets user variables; every other statement, and every form for
 * which there is no rule here, is unknown. Belongs to one thread.
 */
public final class SessionEffectScanner {

    /** Names of a statement beyond which it is unknown. */
    static final int MAX_NAMES = 200;

    private static final byte[] NO_CANONICAL = new byte[Long.BYTES];

    private final Tokenizer t = new Tokenizer();
    private final Assignments assignments = new Assignments(t);

    /** The effect of the statement from {@code from} to {@code to}; parameters of a prepared one count as constants. */
    public SessionEffect scan(byte[] sql, int from, int to, Dialect dialect) {
        if (to - from > Classifier.MAX_BYTES) {
            return SessionEffect.UNKNOWN;
        }
        t.start(sql, from, to, dialect, NO_CANONICAL);
        Effects effects = new Effects();
        int k = t.next();
        while (k == ';') {
            k = t.next();
        }
        boolean known = k == Token.WORD && statement(effects);
        while (known && t.kind == ';') {
            t.next();
        }
        return known && t.kind == Token.END && !t.unterminated ? effects.build() : SessionEffect.UNKNOWN;
    }

    private boolean statement(Effects effects) {
        switch (t.id()) {
            case Keyword.SET -> {
                t.next();
                return assignments.read(effects);
            }
            case Keyword.USE -> {
                t.next();
                return use(effects);
            }
            case Keyword.SELECT -> {
                return select(effects);
            }
            case Keyword.PREPARE -> {
                t.next();
                return prepare(effects);
            }
            case Keyword.DEALLOCATE, Keyword.DROP -> {
                int k = t.next();
                if (k != Token.WORD || t.id() != Keyword.PREPARE) {
                    return false;
                }
                t.next();
                return name(effects, true);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean use(Effects effects) {
        if (t.kind != Token.WORD && t.kind != Token.NAME) {
            return false;
        }
        SessionEffect.USED.forEach(effects::sets);
        effects.needs(SessionEffect.ROLE);
        if (t.kind == Token.NAME && t.in[t.start] != '`') {
            effects.needs("sql_mode");
        }
        for (int i = t.start; i < t.end; i++) {
            if (t.in[i] < 0) {
                effects.needs("character_set_client");
            }
        }
        t.next();
        return true;
    }

    /** SELECT sets user variables only, for certain where it has one row and the assignment is what it selects; else where it comes to that. */
    private boolean select(Effects effects) {
        effects.needsAll();
        boolean into = false;
        boolean certain = true;
        boolean selects = true;
        int depth = 0;
        Set<String> always = new HashSet<>();
        Set<String> perhaps = new HashSet<>();
        int k = t.next();
        while (k != Token.END && k != ';') {
            depth += k == '(' ? 1 : k == ')' ? -1 : 0;
            certain &= depth > 0 || k != Token.WORD || !decidesRows(t.id());
            into = (k == Token.WORD && t.id() == Keyword.INTO) || (into && (k == Token.VARIABLE || k == ','));
            if (k == '(' && !Assignments.callKnown(t)) {
                return false;
            }
            String variable = k == Token.VARIABLE ? Effects.variable(t) : "";
            if (variable == null) {
                return false;
            }
            boolean named = k == Token.VARIABLE;
            boolean item = selects && depth == 0;
            selects = k == ',';
            k = t.next();
            if (named && (into || k == Token.ASSIGN)) {
                (into || item ? always : perhaps).add(variable);
            } else if (named) {
                effects.needs(variable);
            }
        }
        perhaps.forEach(effects::changes);
        always.forEach(certain ? effects::sets : effects::changes);
        return !always.isEmpty() || !perhaps.isEmpty();
    }

    /** Whether a SELECT with that word may have another number of rows than one. */
    private static boolean decidesRows(int word) {
        return switch (word) {
            case Keyword.FROM,
                    Keyword.WHERE,
                    Keyword.HAVING,
                    Keyword.LIMIT,
                    Keyword.OFFSET,
                    Keyword.ONLY,
                    Keyword.WITH,
                    Keyword.UNION,
                    Keyword.EXCEPT,
                    Keyword.INTERSECT,
                    Keyword.MINUS -> true;
            default -> false;
        };
    }

    private boolean prepare(Effects effects) {
        effects.needsAll();
        if (!name(effects, false) || t.kind != Token.WORD || t.id() != Keyword.FROM) {
            return false;
        }
        for (int k = t.next(); k != Token.END && k != ';'; k = t.next()) {
            String variable = k == Token.VARIABLE ? Effects.variable(t) : "";
            if (variable == null || k == Token.BAD || (k == '(' && !Assignments.callKnown(t))) {
                return false;
            }
            if (k == Token.VARIABLE) {
                effects.needs(variable);
            }
        }
        return t.before != Token.WORD;
    }

    /** The name of a prepared statement at the current token. */
    private boolean name(Effects effects, boolean ends) {
        boolean quoted = t.kind == Token.NAME;
        String plain = quoted || t.kind == Token.WORD
                ? Effects.plain(t, quoted ? t.start + 1 : t.start, quoted ? t.end - 1 : t.end)
                : null;
        if (plain == null) {
            return false;
        }
        String name = SessionEffect.prepared(plain);
        effects.sets(name);
        effects.ends = ends ? name : null;
        t.next();
        return true;
    }

    /** What was found so far. */
    static final class Effects {
        private final Set<String> sets = new HashSet<>();
        private final Set<String> changes = new HashSet<>();
        private final Set<String> needs = new HashSet<>();
        private boolean needsVariables;

        @Nullable
        String ends;

        void sets(String name) {
            sets.add(name);
        }

        void changes(String name) {
            changes.add(name);
        }

        void needs(String name) {
            needs.add(name);
        }

        /** Any session variable, the default database, and the rights that the role gives. */
        void needsAll() {
            needsVariables = true;
            needs.add(SessionEffect.ROLE);
            needs.add(SessionEffect.DATABASE);
        }

        /** What lies there in lower case; null where it is no word of ASCII characters, which alone are the same name for certain when they are equal. */
        static @Nullable String plain(Tokenizer t, int from, int to) {
            for (int i = from; i < to; i++) {
                if (t.in[i] < 0 || (t.in[i] != '.' && !ByteClass.inWord(t.in[i]))) {
                    return null;
                }
            }
            return from >= to
                    ? null
                    : new String(t.in, from, to - from, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        }

        /** The user variable that is the current token, or null as with {@link #plain}. */
        static @Nullable String variable(Tokenizer t) {
            boolean quoted = t.end - t.start > 2 && !ByteClass.inWord(t.in[t.start + 1]) && t.in[t.start + 1] != '.';
            String plain = plain(t, quoted ? t.start + 2 : t.start + 1, quoted ? t.end - 1 : t.end);
            return plain == null ? null : "@" + plain;
        }

        SessionEffect build() {
            return sets.size() + changes.size() + needs.size() > MAX_NAMES
                    ? SessionEffect.UNKNOWN
                    : new SessionEffect(true, sets, changes, needs, needsVariables, ends);
        }
    }
}
