package org.penstock.auth.pam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.penstock.api.annotation.Blocking;
import org.penstock.wire.CodecException;
import org.penstock.wire.json.JsonParser;
import org.penstock.wire.json.JsonValue;
import org.penstock.wire.json.JsonValue.JsonArray;
import org.penstock.wire.json.JsonValue.JsonObject;

/**
 * The passwords of users that PAM maps clients to, from the file {@code pam_mapped_pw_file}.
 *
 * <pre>
 * {"users_and_passwords": [{"user": "beta", "password": "..."}]}
 * </pre>
 */
final class MappedPasswords {
    /** Most bytes of a file. */
    static final long MAX_FILE = 1L << 20;

    private final Map<String, String> passwords;

    private MappedPasswords(Map<String, String> passwords) {
        this.passwords = passwords;
    }

    /**
     * Those of a file, as it is now.
     *
     * @throws IOException when it cannot be read or is no such file; says where and why
     */
    @Blocking
    static MappedPasswords read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException("pam_mapped_pw_file " + file + ": expected at most " + MAX_FILE + " bytes");
        }
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (CodecException e) {
            throw new IOException("pam_mapped_pw_file " + file + ": " + e.getMessage(), e);
        }
    }

    static MappedPasswords parse(String text) {
        Map<String, String> passwords = new HashMap<>();
        if (!(JsonParser.parseObject(text).get("users_and_passwords") instanceof JsonArray entries)) {
            throw new CodecException("expected an array users_and_passwords");
        }
        for (JsonValue entry : entries.elements()) {
            JsonObject members = entry instanceof JsonObject object ? object : JsonObject.EMPTY;
            String user = members.text("user");
            String password = members.text("password");
            if (user == null || password == null) {
                throw new CodecException("expected objects with the texts user and password in users_and_passwords");
            }
            passwords.put(user, password);
        }
        return new MappedPasswords(Map.copyOf(passwords));
    }

    /** The password of a user, empty when the file has none. */
    String of(String user) {
        return passwords.getOrDefault(user, "");
    }
}
