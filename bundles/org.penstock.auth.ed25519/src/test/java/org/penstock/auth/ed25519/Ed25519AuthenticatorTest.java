package org.penstock.auth.ed25519;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.session.Store;
import org.penstock.api.value.ConfigurationException;
import org.penstock.wire.password.RsaPassword;

class Ed25519AuthenticatorTest {
    private static final byte[] SECRET = "secret".getBytes(UTF_8);
    private static final byte[] SEED = "abcdefghijklmnopqrst".getBytes(UTF_8);
    private static final Account ACCOUNT = account("ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY");

    private final Ed25519Authenticator authenticator = new Ed25519Authenticator();

    @TempDir
    Path directory;

    private static Account account(String stored) {
        return new Account("app", "%", "ed25519", stored, true, Set.of());
    }

    private ClientAuth client(@Nullable Account account, boolean encrypted, Map<String, String> options) {
        return authenticator.client(new ClientAuthRequest(
                "app", account, SEED, new Client("127.0.0.1", null, encrypted), options, NoStore.INSTANCE));
    }

    private static byte[] signed(ClientAuth machine, byte[] password) {
        return Ed25519Proof.sign(password, Objects.requireNonNull(machine.switchData()));
    }

    private static AuthStep done(AuthStep step) throws Exception {
        AuthStep next = step;
        while (next instanceof AuthStep.InBackground background) {
            next = background.task().call();
        }
        return next;
    }

    @Test
    void shouldAcceptSignatureOfItsOwnNonceOnly() {
        ClientAuth machine = client(ACCOUNT, false, Map.of());
        assertThat(machine.onResponse(signed(machine, SECRET))).isInstanceOf(AuthStep.Accept.class);
        ClientAuth other = client(ACCOUNT, false, Map.of());
        assertThat(other.onResponse(signed(machine, SECRET)))
                .as("a signature that was seen before")
                .isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(other.onResponse(signed(other, "wrong".getBytes(UTF_8)))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldGiveNothingThatServersTake() {
        ClientAuth machine = client(ACCOUNT, false, Map.of());
        AuthStep.Accept accept = (AuthStep.Accept) machine.onResponse(signed(machine, SECRET));
        assertThat(accept.credential().secret()).isEmpty();
        assertThat(accept.credential().kind()).isEqualTo("ed25519");
        assertThatThrownBy(() -> authenticator
                        .server(new ServerAuthRequest("app", accept.credential(), "db1", true, null))
                        .onSeed(new byte[32]))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("user_mapping_file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 1000})
    void shouldRefuseWhatIsNoSignature(int length) {
        assertThat(client(ACCOUNT, false, Map.of()).onResponse(new byte[length]))
                .isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(client(null, false, Map.of()).onResponse(new byte[length])).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldRefuseSignatureOfEmptyPasswordWithoutKey() {
        for (Account without : Arrays.asList(null, account(""), account("invalid"))) {
            ClientAuth machine = client(without, false, Map.of());
            assertThat(machine.onResponse(signed(machine, new byte[0]))).isSameAs(AuthStep.NEED_ACCOUNTS);
        }
    }

    @Test
    void shouldTakeSignatureForAccountThatComesLater() {
        ClientAuth machine = client(null, false, Map.of());
        assertThat(machine.onResponse(signed(machine, SECRET))).isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(machine.onAccount(ACCOUNT)).isInstanceOf(AuthStep.Accept.class);
    }

    @Test
    void shouldSignForServersWithPassword() {
        byte[] nonce = new byte[32];
        Arrays.fill(nonce, (byte) 7);
        byte[] signature = authenticator
                .server(new ServerAuthRequest("app", Secret.clear("secret"), "db1", false, null))
                .onSeed(nonce);
        byte[] key = Objects.requireNonNull(Ed25519Proof.parse(ACCOUNT.authentication()));
        assertThat(Ed25519Proof.verify(key, nonce, signature)).isTrue();
    }

    @Test
    void shouldTakePasswordOverTlsInSha256Mode() throws Exception {
        ClientAuth machine = client(ACCOUNT, true, Map.of("ed_mode", "sha256"));
        assertThat(machine.plugin()).isEqualTo("caching_sha2_password");
        assertThat(((AuthStep.Challenge) machine.onResponse(new byte[32])).data())
                .containsExactly(4);
        AuthStep.Accept accept = (AuthStep.Accept) done(machine.onResponse("secret\0".getBytes(UTF_8)));
        assertThat(accept.credential().kind()).isEqualTo(Credential.CLEAR);
        assertThat(accept.credential().secret()).isEqualTo(SECRET);
    }

    @Test
    void shouldRefuseWrongPasswordInSha256Mode() throws Exception {
        for (Account account : Arrays.asList(null, ACCOUNT, account(""))) {
            ClientAuth machine = client(account, true, Map.of("ed_mode", "sha256"));
            machine.onResponse(new byte[32]);
            assertThat(done(machine.onResponse("wrong\0".getBytes(UTF_8)))).isSameAs(AuthStep.NEED_ACCOUNTS);
        }
    }

    @Test
    void shouldTakePasswordEncryptedWithConfiguredKey() throws Exception {
        KeyPair pair = RsaPassword.generate();
        Path file = directory.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        ClientAuth machine =
                client(ACCOUNT, false, Map.of("ed_mode", "SHA256", "ed_rsa_privkey_path", file.toString()));
        machine.onResponse(new byte[32]);
        AuthStep.Challenge shown = (AuthStep.Challenge) done(machine.onResponse(new byte[] {2}));
        byte[] encrypted = RsaPassword.encrypt(SECRET, SEED, RsaPassword.publicKey(shown.data()));
        assertThat(done(machine.onResponse(encrypted))).isInstanceOf(AuthStep.Accept.class);
        assertThat(done(machine.onResponse(new byte[256]))).isInstanceOf(AuthStep.Reject.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\2", "secret\0", "", "12345678"})
    void shouldTakeNoPasswordWithoutTlsAndKey(String packet) {
        ClientAuth machine = client(ACCOUNT, false, Map.of("ed_mode", "sha256"));
        machine.onResponse(new byte[32]);
        assertThat(machine.onResponse(packet.getBytes(UTF_8))).isInstanceOf(AuthStep.Reject.class);
    }

    @Test
    void shouldNameModesForAnUnknownOne() {
        assertThatThrownBy(() -> client(ACCOUNT, true, Map.of("ed_mode", "md5")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sha256");
    }

    /** Keeps nothing. */
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
