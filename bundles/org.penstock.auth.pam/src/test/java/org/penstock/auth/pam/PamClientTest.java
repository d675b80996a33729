package org.penstock.auth.pam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.session.Store;

class PamClientTest {
    /** PAM that knows one user, who has a second factor in the service two, and is mapped in the service mapped. */
    private final Known pam = new Known();

    private final PamAuthenticator authenticator = new PamAuthenticator(pam);

    private static final class Known implements Pam {
        private final List<Question> asked = new ArrayList<>();

        @Override
        public Result ask(Question question) {
            asked.add(question);
            List<String> said =
                    question.answers().stream().map(a -> new String(a, UTF_8)).toList();
            boolean right = question.user().equals("app")
                    && said.equals(question.service().equals("two") ? List.of("secret", "123456") : List.of("secret"));
            return new Result(right, question.service().equals("mapped") ? "dba" : question.user(), "no");
        }
    }

    @Test
    void shouldAskByDialogAndKeepPasswordForServers() throws Exception {
        ClientAuth machine = client(Map.of(), account("mariadb"), true);
        assertThat(machine.plugin()).isNull();
        assertThat(machine.switchData()).isEqualTo("\u0004Password: ".getBytes(UTF_8));
        AuthStep.Accept accept = accepted(machine.onResponse(answer("secret")));
        assertThat(accept.credential().kind()).isEqualTo("clear");
        assertThat(accept.credential().secret()).isEqualTo("secret".getBytes(UTF_8));
        assertThat(accept.serverUser()).isNull();
        assertThat(pam.asked.get(0).service()).isEqualTo("mariadb");
        assertThat(pam.asked.get(0).remote()).isEqualTo("192.0.2.1");
    }

    @Test
    void shouldAskForClearPasswordWhereConfigured() throws Exception {
        ClientAuth machine = client(Map.of("pam_use_cleartext_plugin", "1"), account(""), true);
        assertThat(machine.plugin()).isEqualTo("mysql_clear_password");
        assertThat(machine.switchData()).isNull();
        accepted(machine.onResponse(answer("secret")));
        assertThat(pam.asked.get(0).service()).isEqualTo("mysql");
    }

    @Test
    void shouldAskForSecondFactor() throws Exception {
        Map<String, String> twice = Map.of("pam_mode", "password_2FA");
        ClientAuth machine = client(twice, account("two"), true);
        AuthStep step = machine.onResponse(answer("secret"));
        assertThat(((AuthStep.Challenge) step).data()).isEqualTo("\u0004Verification code: ".getBytes(UTF_8));
        accepted(machine.onResponse(answer("123456")));
        ClientAuth wrong = client(twice, account("two"), true);
        wrong.onResponse(answer("secret"));
        assertThat(outcome(wrong.onResponse(answer("654321")))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldLogInToServersAsMappedUser(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("passwords.json"),
                "{\"users_and_passwords\": [{\"user\": \"dba\", \"password\": \"other\"}]}");
        Map<String, String> options = Map.of("pam_backend_mapping", "mariadb", "pam_mapped_pw_file", file.toString());
        AuthStep.Accept accept =
                accepted(client(options, account("mapped"), true).onResponse(answer("secret")));
        assertThat(accept.serverUser()).isEqualTo("dba");
        assertThat(accept.credential().secret()).isEqualTo("other".getBytes(UTF_8));
        assertThat(accepted(client(options, account("mysql"), true).onResponse(answer("secret")))
                        .serverUser())
                .isNull();
        assertThat(accepted(client(Map.of(), account("mapped"), true).onResponse(answer("secret")))
                        .serverUser())
                .isNull();
    }

    @Test
    void shouldRefuseWrongPasswordAndUnknownUserAlike() throws Exception {
        assertThat(outcome(client(Map.of(), account(""), true).onResponse(answer("wrong"))))
                .isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(outcome(client(Map.of(), null, true).onResponse(answer("secret"))))
                .isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(pam.asked).hasSize(2);
    }

    @Test
    void shouldTakeAccountThatComesLater() throws Exception {
        ClientAuth machine = client(Map.of(), null, true);
        assertThat(outcome(machine.onResponse(answer("secret")))).isSameAs(AuthStep.NEED_ACCOUNTS);
        accepted(machine.onAccount(account("")));
    }

    @Test
    void shouldNotAskInTheClearUnlessConfigured() throws Exception {
        assertThatThrownBy(() -> client(Map.of(), account(""), false))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("3159");
        accepted(client(Map.of("pam_require_encryption", "false"), account(""), false)
                .onResponse(answer("secret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shadow", "/etc/passwd", ".hidden", "a b", "x/y"})
    void shouldRejectServicesThatAreNoFileNames(String service) {
        assertThat(client(Map.of(), account(service), true).onResponse(answer("secret")))
                .isInstanceOf(AuthStep.Reject.class);
        assertThat(pam.asked).isEmpty();
    }

    @Test
    void shouldBoundAnswersAndOverwriteThem() {
        assertThat(client(Map.of(), account(""), true).onResponse(answer("x".repeat(PamClient.MAX_ANSWER + 1))))
                .isInstanceOf(AuthStep.Reject.class);
        byte[] sent = answer("secret");
        client(Map.of(), account(""), true).onResponse(sent);
        assertThat(sent).containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({
        "pam_mode, suid, password or password_2FA",
        "pam_backend_mapping, all, none or mariadb",
        "pam_use_cleartext_plugin, maybe, true or false",
        "pam_require_encryption, '', true or false"
    })
    void shouldNameOptionAndValuesThatItTakes(String key, String value, String expected) {
        assertThatThrownBy(() -> PamOptions.of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(expected);
    }

    @Test
    void shouldRefuseTwoQuestionsByPluginThatHasOne() {
        assertThatThrownBy(() -> PamOptions.of(Map.of("pam_mode", "password_2FA", "pam_use_cleartext_plugin", "true")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"users_and_passwords\": [1]}", "{\"users_and_passwords\": [{\"user\": \"a\"}]}"})
    void shouldRefuseFilesThatAreNoPasswords(String text, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("bad.json"), text);
        assertThatThrownBy(() -> MappedPasswords.read(file)).hasMessageContaining("pam_mapped_pw_file " + file);
    }

    private ClientAuth client(Map<String, String> options, @Nullable Account account, boolean encrypted) {
        return authenticator.client(new ClientAuthRequest(
                "app", account, new byte[20], new Client("192.0.2.1", null, encrypted), options, NoStore.INSTANCE));
    }

    private static byte[] answer(String text) {
        return (text + "\0").getBytes(UTF_8);
    }

    private static AuthStep outcome(AuthStep step) throws Exception {
        return ((AuthStep.InBackground) step).task().call();
    }

    private static AuthStep.Accept accepted(AuthStep step) throws Exception {
        AuthStep decided = outcome(step);
        assertThat(decided).isInstanceOf(AuthStep.Accept.class);
        return (AuthStep.Accept) decided;
    }

    private static Account account(String service) {
        return new Account("app", "%", "pam", service, true, Set.of());
    }

    private enum NoStore implements Store {
        INSTANCE;

        @Override
        public LongAdder counter(String key) {
            throw new UnsupportedOperationException(key);
        }

        @Override
        public <T> T get(String key, Class<T> type, Supplier<T> initial) {
            throw new UnsupportedOperationException(key);
        }
    }
}
