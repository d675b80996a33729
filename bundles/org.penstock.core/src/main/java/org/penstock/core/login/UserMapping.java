package org.penstock.core.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.auth.Secret;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonParser;
import org.penstock.wire.json.JsonValue;
import org.penstock.wire.json.JsonValue.JsonArray;
import org.penstock.wire.json.JsonValue.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * With which accounts servers are logged in to on behalf of clients, from a listener's {@code user_mapping_file}. Immutable.
 *
 * <pre>
 * {"user_map":           [{"original_user": "alpha", "mapped_user": "beta"}],
 *  "group_map":          [{"original_group": "devs", "mapped_user": "beta"}],
 *  "server_credentials": [{"mapped_user": "beta", "password": "...", "plugin": "mysql_native_password"}]}
 * </pre>
 *
 * Users come before groups, and of groups the first in the file. A mapped user without credentials logs in without a password.
 */
public final class UserMapping {
    /** Most bytes of a file. */
    static final long MAX_FILE = 16L << 20;

    public static final UserMapping NONE = new UserMapping(Map.of(), Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(UserMapping.class);
    private static final Set<String> PARTS = Set.of("user_map", "group_map", "server_credentials");
    private static final String MAPPED_USER = "mapped_user";

    private final Map<String, String> users;
    private final Map<String, String> passwords;

    private UserMapping(Map<String, String> users, Map<String, String> passwords) {
        this.users = Map.copyOf(users);
        this.passwords = Map.copyOf(passwords);
    }

    /**
     * The mapping of a file; none for an empty name.
     *
     * @throws IllegalArgumentException when it cannot be read or is no mapping; says where and why
     */
    @Blocking
    public static UserMapping of(String file) {
        if (file.isEmpty()) {
            return NONE;
        }
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_FILE) {
                throw new IllegalArgumentException(
                        "user_mapping_file " + file + ": expected at most " + MAX_FILE + " bytes");
            }
            warnOfReaders(path);
            return parse(Files.readString(path, StandardCharsets.UTF_8), LocalGroups.read());
        } catch (IOException e) {
            throw new IllegalArgumentException("user_mapping_file " + file + " cannot be read: " + e, e);
        } catch (CodecException e) {
            throw new IllegalArgumentException("user_mapping_file " + file + ": " + e.getMessage(), e);
        }
    }

    private static void warnOfReaders(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("user_mapping_file {} can be read by everybody; it may hold passwords: chmod 600", path);
            }
        }
    }

    static UserMapping parse(String text, LocalGroups groups) {
        JsonObject root = JsonParser.parseObject(text);
        for (String name : root.members().keySet()) {
            if (!PARTS.contains(name)) {
                throw new CodecException("'" + name + "': expected one of group_map, server_credentials, user_map");
            }
        }
        Map<String, String> passwords = new HashMap<>();
        for (JsonObject entry : entries(root, "server_credentials")) {
            String password = entry.text("password");
            passwords.put(needed(entry, "server_credentials", MAPPED_USER), password == null ? "" : password);
        }
        Map<String, String> users = new HashMap<>();
        for (JsonObject entry : entries(root, "user_map")) {
            users.put(needed(entry, "user_map", "original_user"), needed(entry, "user_map", MAPPED_USER));
        }
        for (JsonObject entry : entries(root, "group_map")) {
            String mapped = needed(entry, "group_map", MAPPED_USER);
            groups.members(needed(entry, "group_map", "original_group"))
                    .forEach(member -> users.putIfAbsent(member, mapped));
        }
        return new UserMapping(users, passwords);
    }

    private static List<JsonObject> entries(JsonObject root, String part) {
        JsonValue value = root.get(part);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw new CodecException("'" + part + "': expected an array of objects");
        }
        List<JsonObject> entries = new ArrayList<>();
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonObject entry)) {
                throw new CodecException("'" + part + "': expected an array of objects");
            }
            entries.add(entry);
        }
        return entries;
    }

    private static String needed(JsonObject entry, String part, String name) {
        String value = entry.text(name);
        if (value == null || value.isEmpty()) {
            throw new CodecException(
                    "'" + part + "', entry " + entry.members().keySet() + ": '" + name + "' is missing or not a text");
        }
        return value;
    }

    /** The account for a client of that name, with a credential that is the caller's; null for the client's own. */
    public @Nullable MappedUser map(String user) {
        String mapped = users.get(user);
        return mapped == null ? null : new MappedUser(mapped, Secret.clear(passwords.getOrDefault(mapped, "")));
    }

    @Override
    public String toString() {
        return "UserMapping[" + users.size() + " users]";
    }
}
