package org.penstock.auth.nativepassword;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.error.ProtocolException;
import org.penstock.wire.NativePassword;

class NativePasswordAuthenticatorTest {
    private static final byte[] SEED = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final byte[] SERVER_SEED = HexFormat.of().parseHex("21222324252627282930313233343536373839aa");
    /** PASSWORD('secret') as a server stores it. */
    private static final String SECRET = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";

    private final NativePasswordAuthenticator authenticator = new NativePasswordAuthenticator();

    @Test
    void shouldAcceptRightProofAndProveTheSameToAServer() {
        byte[] proof = NativePassword.scramble("secret".getBytes(UTF_8), SEED);
        AuthStep step = client(SECRET).onResponse(proof);
        assertThat(step).isInstanceOf(AuthStep.Accept.class);
        Credential credential = ((AuthStep.Accept) step).credential();
        assertThat(credential.kind()).isEqualTo("sha1");
        assertThat(credential.secret()).isEqualTo(NativePasswordAuthenticator.stage1("secret".getBytes(UTF_8)));
        assertThat(authenticator.server(credential).onSeed(SERVER_SEED))
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
        assertThat(authenticator.server(credential).onSeed(SERVER_SEED)).isEmpty();
        byte[] proof = NativePassword.scramble("secret".getBytes(UTF_8), SEED);
        assertThat(client("").onResponse(proof)).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void shouldAskForAccountsWhenThereIsNoAccount(int length) {
        ClientAuthRequest request = new ClientAuthRequest("app", "127.0.0.1", null, SEED, false);
        assertThat(authenticator.client(request).onResponse(new byte[length])).isSameAs(AuthStep.NEED_ACCOUNTS);
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
    void shouldMakeCredentialFromConfiguredPassword() {
        Credential credential = authenticator.credential("secret");
        byte[] seedWithNul = Arrays.copyOf(SERVER_SEED, 21);
        assertThat(authenticator.server(credential).onSeed(seedWithNul))
                .isEqualTo(NativePassword.scramble("secret".getBytes(UTF_8), SERVER_SEED));
        assertThat(authenticator.credential("").secret()).isEmpty();
        assertThat(credential.toString()).isEqualTo("Sha1Credential");
    }

    @Test
    void shouldForgetSecretWhenDestroyed() {
        Credential credential = authenticator.credential("secret");
        credential.destroy();
        assertThat(credential.secret()).containsOnly(0);
    }

    @Test
    void shouldProveFromClearPasswordOfAnotherAuthenticator() {
        assertThat(authenticator.server(new Other("clear", "secret")).onSeed(SERVER_SEED))
                .isEqualTo(NativePassword.scramble("secret".getBytes(UTF_8), SERVER_SEED));
        assertThat(authenticator.server(new Other("none", "")).onSeed(SERVER_SEED))
                .isEmpty();
    }

    @Test
    void shouldRefuseWhenCredentialOrSeedDoesNotFit() {
        assertThatThrownBy(() -> authenticator.server(new Other("gssapi", "x")).onSeed(SERVER_SEED))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1251");
        assertThatThrownBy(() ->
                        authenticator.server(authenticator.credential("secret")).onSeed(new byte[8]))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1043");
    }

    @Test
    void shouldServeDefaultAndNativeAccounts() {
        assertThat(authenticator.plugin()).isEqualTo("mysql_native_password");
        assertThat(authenticator.accountPlugins()).containsExactlyInAnyOrder("", "mysql_native_password");
    }

    private org.penstock.api.auth.ClientAuth client(String stored) {
        Account account = new Account("app", "%", "mysql_native_password", stored, true, Set.of());
        return authenticator.client(new ClientAuthRequest("app", "127.0.0.1", account, SEED, false));
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
