package org.penstock.core.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.api.annotation.Blocking;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonParser;
import org.penstock.wire.json.JsonValue;
import org.penstock.wire.json.JsonValue.JsonArray;
import org.penstock.wire.json.JsonValue.JsonLiteral;
import org.penstock.wire.json.JsonValue.JsonObject;
import org.penstock.wire.json.JsonValue.JsonString;

/**
 * A file of accounts beside those of the servers: a JSON object with the arrays {@code user}, {@code db} and {@code roles_mapping}, none of which is needed, in
 * the format of MaxScale 6. What it does not know refuses the file, since a misspelt password would be none.
 */
@Blocking
final class AccountFile {
    /** Most bytes of a file. */
    static final long MAX_BYTES = 16L << 20;

    private static final Set<String> TEXTS =
            Set.of("user", "host", "password", "plugin", "authentication_string", "default_role");
    private static final Set<String> FLAGS = Set.of("super_priv", "global_db_priv", "proxy_priv", "is_role");
    private static final Set<String> PARTS = Set.of("user", "db", "roles_mapping");

    private final Path file;
    private final Map<String, Set<String>> roles = new HashMap<>();
    private final Map<String, Set<String>> roleDatabases = new HashMap<>();
    private final Set<String> globalRoles = new HashSet<>();
    private final List<JsonObject> users = new ArrayList<>();
    private final List<DatabaseGrant> grants = new ArrayList<>();

    private AccountFile(Path file) {
        this.file = file;
    }

    /**
     * The accounts of a file.
     *
     * @throws IOException that names the file and the place
     */
    static AccountSet read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + ": expected at most " + MAX_BYTES + " bytes");
        }
        try {
            return new AccountFile(file).accounts(JsonParser.parseObject(Files.readString(file)));
        } catch (CodecException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Accounts of servers with those of a file; of the same user and host the server's counts. */
    static AccountSet add(AccountSet servers, AccountSet file) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        servers.accounts().forEach(account -> accounts.put(account.toString(), account));
        file.accounts().forEach(account -> accounts.putIfAbsent(account.toString(), account));
        List<DatabaseGrant> grants = new ArrayList<>(servers.grants());
        grants.addAll(file.grants());
        return new AccountSet(List.copyOf(accounts.values()), grants, servers.databases(), servers.missing());
    }

    private AccountSet accounts(JsonObject all) throws IOException {
        for (String part : all.members().keySet()) {
            if (!PARTS.contains(part)) {
                throw new IOException(file + ": unknown '" + part + "', expected user, db or roles_mapping");
            }
        }
        users.addAll(entries(all, "user", TEXTS, FLAGS));
        users.stream()
                .filter(user -> user.flag("is_role") && user.flag("global_db_priv"))
                .forEach(role -> globalRoles.add(text(role, "user")));
        Set<String> known = new HashSet<>();
        users.stream().filter(user -> user.flag("is_role")).forEach(role -> known.add(text(role, "user")));
        for (JsonObject entry : entries(all, "db", Set.of("user", "host", "db"), Set.of())) {
            needed(entry, "db");
            if (known.contains(text(entry, "user")) && text(entry, "host").isEmpty()) {
                roleDatabases
                        .computeIfAbsent(text(entry, "user"), role -> new HashSet<>())
                        .add(text(entry, "db"));
            } else {
                grants.add(new DatabaseGrant(text(entry, "user"), text(entry, "host"), text(entry, "db"), false));
            }
        }
        for (JsonObject entry : entries(all, "roles_mapping", Set.of("user", "host", "role"), Set.of())) {
            needed(entry, "role");
            roles.computeIfAbsent(text(entry, "user") + "@" + text(entry, "host"), holder -> new HashSet<>())
                    .add(text(entry, "role"));
        }
        List<Account> accounts = users.stream()
                .filter(user -> !user.flag("is_role"))
                .map(this::account)
                .toList();
        return new AccountSet(accounts, grants, Set.of());
    }

    private Account account(JsonObject user) {
        String stored = text(user, "authentication_string");
        if (stored.isEmpty()) {
            String password = text(user, "password");
            stored = password.isEmpty() || password.startsWith("*") ? password : "*" + password;
        }
        Set<String> active = active(user);
        boolean any = user.flag("global_db_priv") || active.stream().anyMatch(globalRoles::contains);
        Set<String> databases = new HashSet<>();
        active.forEach(role -> databases.addAll(roleDatabases.getOrDefault(role, Set.of())));
        return new Account(text(user, "user"), text(user, "host"), text(user, "plugin"), stored, any, databases);
    }

    /** The default role where it is the account's, and what it contains. */
    private Set<String> active(JsonObject user) {
        Set<String> active = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        String role = text(user, "default_role");
        if (roles.getOrDefault(text(user, "user") + "@" + text(user, "host"), Set.of())
                .contains(role)) {
            next.add(role);
        }
        while (!next.isEmpty()) {
            String one = next.remove();
            if (active.add(one)) {
                next.addAll(roles.getOrDefault(one + "@", Set.of()));
            }
        }
        return active;
    }

    private List<JsonObject> entries(JsonObject all, String part, Set<String> texts, Set<String> flags)
            throws IOException {
        JsonValue value = all.get(part);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw new IOException(file + ": '" + part + "': expected an array in brackets");
        }
        List<JsonObject> entries = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            String place = file + ": entry " + (entries.size() + 1) + " of '" + part + "': ";
            if (!(element instanceof JsonObject entry)) {
                throw new IOException(place + "expected an object in braces");
            }
            check(entry, place, texts, flags);
            entries.add(entry);
        }
        return entries;
    }

    private static void check(JsonObject entry, String place, Set<String> texts, Set<String> flags) throws IOException {
        for (Map.Entry<String, JsonValue> field : entry.members().entrySet()) {
            String name = field.getKey();
            if (!texts.contains(name) && !flags.contains(name)) {
                throw new IOException(place + "unknown field '" + name + "'");
            }
            boolean isFlag = field.getValue() == JsonLiteral.TRUE || field.getValue() == JsonLiteral.FALSE;
            if (flags.contains(name) ? !isFlag : !(field.getValue() instanceof JsonString)) {
                throw new IOException(
                        place + "'" + name + "': expected " + (flags.contains(name) ? "true or false" : "a string"));
            }
        }
        for (String name : List.of("user", "host")) {
            if (entry.get(name) == null) {
                throw new IOException(place + "'" + name + "' is missing");
            }
        }
    }

    private void needed(JsonObject entry, String name) throws IOException {
        if (entry.get(name) == null) {
            throw new IOException(file + ": '" + name + "' is missing for '" + text(entry, "user") + "'@'"
                    + text(entry, "host") + "'");
        }
    }

    private static String text(JsonObject entry, String name) {
        String text = entry.text(name);
        return text == null ? "" : text;
    }
}
