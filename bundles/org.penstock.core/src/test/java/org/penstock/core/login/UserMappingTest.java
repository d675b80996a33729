package org.penstock.core.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.auth.Credential;
import org.penstock.wire.CodecException;

class UserMappingTest {
    private static final LocalGroups GROUPS = LocalGroups.of(
            List.of("devs:x:100:anna,ben", "ops:x:101:", "bad line", "users:x:102:carl,anna"),
            List.of("dora:x:1000:101:Dora:/home/dora:/bin/sh", "broken:x"));

    private static final String TEXT =
            """
            {"user_map": [{"original_user": "alpha", "mapped_user": "beta"}, {"original_user": "anna", "mapped_user": "own"}],
             "group_map": [{"original_group": "devs", "mapped_user": "dev"}, {"original_group": "users", "mapped_user": "user"},
                           {"original_group": "ops", "mapped_user": "op"}, {"original_group": "none", "mapped_user": "x"}],
             "server_credentials": [{"mapped_user": "beta", "password": "hunter2", "plugin": "mysql_native_password"}]}
            """;

    @TempDir
    Path directory;

    private static MappedUser mapped(String user) {
        return Objects.requireNonNull(UserMapping.parse(TEXT, GROUPS).map(user));
    }

    @Test
    void shouldGiveUserItsAccountAndPassword() {
        Credential credential = mapped("alpha").credential();
        assertThat(mapped("alpha").name()).isEqualTo("beta");
        assertThat(credential.kind()).isEqualTo(Credential.CLEAR);
        assertThat(new String(credential.secret(), UTF_8)).isEqualTo("hunter2");
        assertThat(mapped("alpha").toString() + credential).doesNotContain("hunter2");
    }

    @Test
    void shouldGiveEachSessionCredentialOfItsOwn() {
        UserMapping mapping = UserMapping.parse(TEXT, GROUPS);
        Objects.requireNonNull(mapping.map("alpha")).credential().destroy();
        assertThat(new String(
                        Objects.requireNonNull(mapping.map("alpha"))
                                .credential()
                                .secret(),
                        UTF_8))
                .isEqualTo("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"anna, own", "ben, dev", "carl, user", "dora, op"})
    void shouldPreferUserThenFirstGroup(String user, String account) {
        assertThat(mapped(user).name()).isEqualTo(account);
        assertThat(mapped(user).credential().kind()).isEqualTo(Credential.NONE);
    }

    @Test
    void shouldLeaveOthersAsTheyAre() {
        assertThat(UserMapping.parse(TEXT, GROUPS).map("zoe")).isNull();
        assertThat(UserMapping.of("").map("alpha")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_maps\": []}|user_maps",
                "{\"user_map\": {}}|array of objects",
                "{\"user_map\": [1]}|array of objects",
                "{\"user_map\": [{\"original_user\": \"a\"}]}|mapped_user",
                "{\"server_credentials\": [{\"password\": \"a\"}]}|mapped_user",
                "{\"group_map\": [{\"mapped_user\": \"a\"}]}|original_group",
                "[]|object",
                "{|line 1"
            })
    void shouldSayWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> UserMapping.parse(text, GROUPS))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameFileThatIsMissingOrWrong() throws Exception {
        Path file = directory.resolve("map.json");
        assertThatThrownBy(() -> UserMapping.of(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user_mapping_file " + file);
        Files.writeString(file, "{]");
        assertThatThrownBy(() -> UserMapping.of(file.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user_mapping_file " + file);
        Files.writeString(file, TEXT);
        assertThat(Objects.requireNonNull(UserMapping.of(file.toString()).map("alpha"))
                        .name())
                .isEqualTo("beta");
    }
}
