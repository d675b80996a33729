package org.penstock.sql;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The assignments of a SET: what each sets, and what its value depends on. */
final class Assignments {

    private static final String GLOBAL = "global.";

    /** Variables whose value is put together from the former one. */
    private static final Set<String> IN_PARTS = Set.of("optimizer_switch", "optimizer_trace");

    private static final Set<String> ACTIONS = Set.of("debug", "debug_dbug", "debug_sync");

    /** Other names of variables. */
    private static final Map<String, String> ALIASES = Map.of(
            "collation_connection", "character_set_connection",
            "collation_database", "character_set_database",
            "collation_server", "character_set_server",
            "transaction_isolation", "tx_isolation",
            "transaction_read_only", "tx_read_only",
            "identity", "last_insert_id",
            "storage_engine", "default_storage_engine",
            "log_slow_query", "slow_query_log",
            "log_slow_query_time", "long_query_time",
            "log_slow_min_examined_row_limit", "min_examined_row_limit");

    private static final String CLIENT = "character_set_client";
    private static final String CONNECTION = "character_set_connection";

    private final Tokenizer t;

    /** The scope that was said last, which those without one have that are not written with {@code @@}. */
    private String scope = "";

    private SessionEffectScanner.Effects effects = new SessionEffectScanner.Effects();

    Assignments(Tokenizer tokenizer) {
        t = tokenizer;
    }

    /** Reads from behind SET on; false where something has no rule. */
    boolean read(SessionEffectScanner.Effects into) {
        effects = into;
        scope = "";
        boolean known = one();
        while (known && t.kind == ',') {
            t.next();
            known = one();
        }
        return known && (t.kind == Token.END || t.kind == ';');
    }

    private boolean one() {
        switch (t.kind) {
            case Token.VARIABLE -> {
                String name = SessionEffectScanner.Effects.variable(t);
                t.next();
                if (name == null || !value(null)) {
                    return false;
                }
                effects.sets(name);
                return true;
            }
            case Token.SYSTEM_VARIABLE -> {
                String name = systemVariable();
                return name != null && assigned(name);
            }
            case Token.NAME -> {
                String name = SessionEffectScanner.Effects.plain(t, t.start + 1, t.end - 1);
                return name != null && assigned(scope + name);
            }
            case Token.WORD -> {
                return word();
            }
            default -> {
                return false;
            }
        }
    }

    private boolean word() {
        switch (t.id()) {
            case Keyword.NAMES, Keyword.CHARSET -> {
                return characterSet(t.id() == Keyword.NAMES);
            }
            case Keyword.CHARACTER -> {
                return t.next() == Token.WORD && t.id() == Keyword.SET && characterSet(false);
            }
            case Keyword.ROLE -> {
                int k = t.next();
                effects.sets(SessionEffect.ROLE);
                t.next();
                return k == Token.WORD || k == Token.NAME || k == Token.STRING;
            }
            case Keyword.GLOBAL -> {
                return scoped(GLOBAL);
            }
            case Keyword.SESSION, Keyword.LOCAL -> {
                return scoped("");
            }
            case Keyword.PERSIST,
                    Keyword.PERSIST_ONLY,
                    Keyword.PASSWORD,
                    Keyword.DEFAULT,
                    Keyword.RESOURCE,
                    Keyword.STATEMENT,
                    Keyword.TRANSACTION -> {
                return false;
            }
            default -> {
                String name = SessionEffectScanner.Effects.plain(t, t.start, t.end);
                return name != null && assigned(scope + name);
            }
        }
    }

    private boolean scoped(String said) {
        scope = said;
        int k = t.next();
        if (k == Token.WORD && t.id() == Keyword.TRANSACTION) {
            return transaction();
        }
        boolean quoted = k == Token.NAME;
        String name = quoted || k == Token.WORD
                ? SessionEffectScanner.Effects.plain(t, quoted ? t.start + 1 : t.start, quoted ? t.end - 1 : t.end)
                : null;
        return name != null && name.indexOf('.') < 0 && assigned(scope + name);
    }

    private boolean transaction() {
        for (int k = t.next(); k != Token.END && k != ';'; k = t.next()) {
            if (k == Token.WORD && t.id() == Keyword.ISOLATION) {
                effects.sets(scope + "tx_isolation");
            } else if (k == Token.WORD && (t.id() == Keyword.ONLY || t.id() == Keyword.WRITE)) {
                effects.sets(scope + "tx_read_only");
            }
        }
        return true;
    }

    /** The current token is the last word of NAMES, CHARSET or CHARACTER SET. */
    private boolean characterSet(boolean names) {
        int k = t.next();
        if (k != Token.WORD && k != Token.STRING) {
            return false;
        }
        effects.sets(CLIENT);
        effects.sets(CONNECTION);
        effects.sets("character_set_results");
        if (!names) {
            effects.needs("character_set_database");
            effects.needs(SessionEffect.DATABASE);
        }
        k = t.next();
        if (k == Token.WORD && t.id() == Keyword.COLLATE) {
            t.next();
            t.next();
        }
        return true;
    }

    /** The session variable, or the global one with its scope, that is the current token; null where it is written in another way. */
    private @Nullable String systemVariable() {
        String text = SessionEffectScanner.Effects.plain(t, t.start + 2, t.end);
        if (text == null) {
            return null;
        }
        int dot = text.indexOf('.');
        if (dot < 0) {
            return text;
        }
        String name = text.substring(dot + 1);
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            return null;
        }
        return switch (text.substring(0, dot)) {
            case "session", "local" -> name;
            case "global" -> text;
            default -> null;
        };
    }

    private static String canonical(String name) {
        boolean global = name.startsWith(GLOBAL);
        String bare = global ? name.substring(GLOBAL.length()) : name;
        return (global ? GLOBAL : "") + ALIASES.getOrDefault(bare, bare);
    }

    /** The current token is the name of a variable of a server or session. */
    private boolean assigned(String written) {
        String name = canonical(written);
        String bare = name.startsWith(GLOBAL) ? name.substring(GLOBAL.length()) : name;
        t.next();
        if (ACTIONS.contains(bare) || bare.indexOf('.') >= 0 || !value(bare)) {
            return false;
        }
        effects.needs(SessionEffect.ROLE);
        if (IN_PARTS.contains(bare)) {
            effects.changes(name);
        } else {
            effects.sets(name);
        }
        if (bare.equals("max_join_size")) {
            effects.sets(name.replace(bare, "sql_big_selects"));
        }
        return true;
    }

    /** Reads the sign and the value, for a user variable where there is no name. */
    private boolean value(@Nullable String variable) {
        if (t.kind != '=' && t.kind != Token.ASSIGN) {
            return false;
        }
        int k = t.next();
        int depth = 0;
        int tokens = 0;
        while (k != Token.END && k != ';' && (depth > 0 || k != ',')) {
            tokens++;
            if (k == '(') {
                depth++;
                effects.needsAll();
            } else if (k == ')') {
                depth--;
            }
            if (depth < 0 || (k == '(' ? !callKnown(t) : !token(k, variable))) {
                return false;
            }
            k = t.next();
        }
        return depth == 0 && tokens > 0;
    }

    private boolean token(int k, @Nullable String variable) {
        switch (k) {
            case Token.NUMBER, '-', '+', '*', ',', ')' -> {}
            case Token.STRING -> string(variable == null);
            case '?' -> {
                effects.needs(CLIENT);
                effects.needs(CONNECTION);
            }
            case Token.VARIABLE -> {
                String name = SessionEffectScanner.Effects.variable(t);
                if (name == null) {
                    return false;
                }
                effects.needs(name);
            }
            case Token.SYSTEM_VARIABLE -> {
                effects.needsAll();
                String name = systemVariable();
                if (name == null) {
                    return false;
                }
                effects.needs(canonical(name));
            }
            case Token.WORD -> bareWord(variable);
            case Token.ASSIGN, Token.BAD -> {
                return false;
            }
            default -> effects.needsAll();
        }
        return true;
    }

    private void bareWord(@Nullable String variable) {
        switch (t.id()) {
            case Keyword.NULL, Keyword.TRUE, Keyword.FALSE, Keyword.ON, Keyword.OFF -> {}
            case Keyword.DEFAULT -> effects.needs(GLOBAL + variable);
            default -> {
                if (variable == null) {
                    effects.needsAll();
                }
            }
        }
    }

    /** A string has the connection's collation where that counts; what else it may depend on is how it is written. */
    private void string(boolean user) {
        boolean plain = t.in[t.start] == '\'';
        for (int i = t.start; i < t.end; i++) {
            plain &= t.in[i] >= 0 && t.in[i] != '\\';
        }
        if (!plain) {
            effects.needs("sql_mode");
        }
        if (user || !plain) {
            effects.needs(CLIENT);
            effects.needs(CONNECTION);
        }
    }

    /** Whether the opening bracket that is the current token does not call something that is no builtin function, or one with effects. */
    static boolean callKnown(Tokenizer t) {
        if (t.before == Token.NAME) {
            return false;
        }
        boolean function = (t.beforeWord & Vocabulary.FUNCTION) != 0;
        boolean grammar = (t.beforeWord & (Vocabulary.RESERVED | Vocabulary.NEVER_CALLED)) != 0;
        return t.before != Token.WORD || (function ? FunctionEffect.of(t.beforeWord) == FunctionEffect.NONE : grammar);
    }
}
