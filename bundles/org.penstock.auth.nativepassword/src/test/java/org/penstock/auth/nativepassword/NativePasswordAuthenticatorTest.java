package org.penstock.auth.nativepassword;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.session.Store;
import org.penstock.wire.NativePassword;

class NativePasswordAuthenticatorTest {
    private static final byte[] SEED = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final byte[] SERVER_SEED = HexFormat.of().parseHex("21222324252627282930313233343536373839aa");
    /** PASSWORD('secret') as a server stores it. */
    private static final String SECRET = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";

    private final NativePasswordAuthenticator authenticator = new NativePasswordAuthenticator();

    @Test
    void shouldAcceptRightProofAndProveTheSameToAServer() throws Exception {
        byte[] proof = NativePassword.scramble("secret".getBytes(UTF_8), SEED);
        AuthStep step = client(SECRET).onResponse(proof);
        assertThat(step).isInstanceOf(AuthStep.Accept.class);
        Credential credential = ((AuthStep.Accept) step).credential();
        assertThat(credential.kind()).isEqualTo("sha1");
        assertThat(credential.secret())
                .isEqualTo(MessageDigest.getInstance("SHA-1").digest("secret".getBytes(UTF_8)));
        assertThat(proof(credential).onSeed(SERVER_SEED))
                .isEqualTo(NativePassword.scramble("secret".getBytes(UTF_8), SERVER_SEED));
    }

    @Test
    void shouldAskForAccountsWhenProofIsWrong() {
        byte[] proof = NativePassword.scramble("wrong".getBytes(UTF_8), SEED);
        assertThat(client(SECRET).onResponse(proof)).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 19, 21, 255})
    void shouldAskForAccountsWhenProofHasAnotherLength(int length) {
        assertThat(client(SECRET).onResponse(new byte[length])).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldAcceptNothingButAnEmptyProofWhenAccountHasNoPassword() {
        AuthStep step = client("").onResponse(new byte[0]);
        assertThat(step).isInstanceOf(AuthStep.Accept.class);
        Credential credential = ((AuthStep.Accept) step).credential();
        assertThat(proof(credential).onSeed(SERVER_SEED)).isEmpty();
        byte[] proof = NativePassword.scramble("secret".getBytes(UTF_8), SEED);
        assertThat(client("").onResponse(proof)).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void shouldAskForAccountsWhenThereIsNoAccount(int length) {
        assertThat(authenticator.client(request(null)).onResponse(new byte[length]))
                .isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "invalid", "565491d704013245", "*0000"})
    void shouldAskForAccountsWhenStoredStringIsNoHash(String stored) {
        assertThat(client(stored).onResponse(new byte[20])).isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(client(stored).onResponse(new byte[0])).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldRefuseAllZeroProofForAllZeroHash() {
        assertThat(client("*" + "0".repeat(40)).onResponse(new byte[20])).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldProveConfiguredPasswordAndIgnoreNulBehindSeed() {
        byte[] seedWithNul = Arrays.copyOf(SERVER_SEED, 21);
        assertThat(proof(Secret.clear("secret")).onSeed(seedWithNul))
                .isEqualTo(NativePassword.scramble("secret".getBytes(UTF_8), SERVER_SEED));
        assertThat(proof(Secret.clear("")).onSeed(SERVER_SEED)).isEmpty();
    }

    @Test
    void shouldTakeRightProofOfAccountThatComesLater() {
        ClientAuth machine = authenticator.client(request(null));
        assertThat(machine.onResponse(NativePassword.scramble("secret".getBytes(UTF_8), SEED)))
                .isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(machine.onAccount(account(SECRET))).isInstanceOf(AuthStep.Accept.class);
    }

    @Test
    void shouldProveCertificatesWithStoredHash() {
        assertThat(client(SECRET).certificateProofKey()).isEqualTo(NativePassword.parse(SECRET));
        assertThat(client("").certificateProofKey()).isNull();
    }

    @Test
    void shouldProveFromClearPasswordOfAnotherAuthenticator() {
        assertThat(proof(new Other("clear", "secret")).onSeed(SERVER_SEED))
                .isEqualTo(NativePassword.scramble("secret".getBytes(UTF_8), SERVER_SEED));
        assertThat(proof(new Other("none", "")).onSeed(SERVER_SEED)).isEmpty();
    }

    @Test
    void shouldRefuseWhenCredentialOrSeedDoesNotFit() {
        assertThatThrownBy(() -> proof(new Other("gssapi", "x")).onSeed(SERVER_SEED))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1251");
        assertThatThrownBy(() -> proof(Secret.clear("secret")).onSeed(new byte[8]))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1043");
    }

    @Test
    void shouldServeDefaultAndNativeAccounts() {
        assertThat(authenticator.plugin()).isEqualTo("mysql_native_password");
        assertThat(authenticator.accountPlugins()).containsExactlyInAnyOrder("", "mysql_native_password");
    }

    private ClientAuth client(String stored) {
        return authenticator.client(request(account(stored)));
    }

    private static Account account(String stored) {
        return new Account("app", "%", "mysql_native_password", stored, true, Set.of());
    }

    private static ClientAuthRequest request(@Nullable Account account) {
        return new ClientAuthRequest(
                "app", account, SEED, new Client("127.0.0.1", null, false), Map.of(), NoStore.INSTANCE);
    }

    private ServerAuth proof(Credential credential) {
        return authenticator.server(new ServerAuthRequest("app", credential, "db1", false, null));
    }

    /** Native passwords keep nothing. */
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

    private record Other(String kind, String text) implements Credential {
        @Override
        public byte[] secret() {
            return text.getBytes(UTF_8);
        }

        @Override
        public void destroy() {}
    }
}
