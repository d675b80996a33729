package org.penstock.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.module.SectionCheck;

/** Listeners that let mapped users in without a proof are told of, before the start and at it. */
class LoginSectionCheckTest {
    private static final SectionCheck CHECK = ServiceLoader.load(SectionCheck.class).stream()
            .filter(found -> found.type() == LoginSectionCheck.class)
            .findFirst()
            .orElseThrow()
            .get();

    @TempDir
    private Path directory;

    private static List<String> check(String kind, Map<String, String> parameters) {
        List<String> found = new ArrayList<>();
        CHECK.check(kind, parameters, new SectionCheck.Findings() {
            @Override
            public void problem(String key, String message) {
                found.add("problem: " + key + ": " + message);
            }

            @Override
            public void warning(String key, String message) {
                found.add(key + ": " + message);
            }
        });
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "MariaDBAuth, skip_authentication=true, authenticator_options=skip_authentication=true",
        "nullauthallow, '', authenticator=NullAuthAllow",
        "MariaDBAuth, match_host=false, ",
        "'', '', "
    })
    void shouldWarnOfMappedUsersWhomNobodyChecks(String authenticator, String options, @Nullable String way)
            throws Exception {
        Map<String, String> section = new LinkedHashMap<>();
        section.put("authenticator", authenticator);
        section.put("authenticator_options", options);
        assertThat(check("listener", section)).isEmpty();
        section.put("user_mapping_file", "/etc/penstock/users.json");
        List<String> found = check("listener", section);
        if (way == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found)
                    .singleElement()
                    .asString()
                    .startsWith("user_mapping_file: " + way + " with user_mapping_file: nobody checks the password");
        }
        Path file = Files.writeString(directory.resolve("users.json"), "{}");
        LoginPolicy mapped = LoginPolicy.of(authenticator, options, UserMapping.of(file.toString()));
        assertThat(mapped.warning() != null).isEqualTo(way != null);
        assertThat(LoginPolicy.of(authenticator, options, UserMapping.NONE).warning())
                .isNull();
    }

    @Test
    void shouldLookAtListenersOnly() {
        assertThat(check("service", Map.of("user_mapping_file", "x", "authenticator", "NullAuthAllow")))
                .isEmpty();
    }
}
