package org.penstock.auth.cachingsha2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.PasswordKey;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.wire.password.RsaPassword;

/** Under which key a server gets the password itself. */
class PasswordKeyTest {
    private static final byte[] SEED = "abcdefghijklmnopqrst".getBytes(US_ASCII);
    private static final byte[] FULL = {4};

    private static KeyPair keys;
    private static KeyPair others;

    @BeforeAll
    static void make() throws Exception {
        keys = RsaPassword.generate();
        others = RsaPassword.generate();
    }

    private static ServerAuth machine(Authenticator authenticator, boolean encrypted, PasswordKey key) {
        return authenticator.server(new ServerAuthRequest("app", Secret.clear("secret"), "db1", encrypted, key, null));
    }

    private static byte[] pem(KeyPair pair) {
        return RsaPassword.pem(pair.getPublic());
    }

    private static String decrypted(byte[] sent) throws Exception {
        return new String(RsaPassword.decrypt(sent, SEED, keys.getPrivate()), UTF_8);
    }

    /** The answer to the server's wish for the password itself. */
    private static byte[] wanted(Authenticator authenticator, ServerAuth machine) {
        byte[] first = machine.onSeed(SEED);
        return authenticator instanceof CachingSha2Authenticator ? machine.onMoreData(FULL) : first;
    }

    private static List<Authenticator> both() {
        return List.of(new CachingSha2Authenticator(), new Sha256Authenticator());
    }

    @Test
    void shouldSendNoPasswordUnderAKeyThatNobodyHasAllowed() {
        for (Authenticator each : both()) {
            assertThatThrownBy(() -> wanted(each, machine(each, false, PasswordKey.NONE)))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("server_public_key_path")
                    .hasMessageContaining("get_server_public_key");
        }
    }

    @Test
    void shouldUseTheKeyThatIsKnownWithoutAsking() throws Exception {
        PasswordKey known = new PasswordKey(false, new String(pem(keys), US_ASCII));
        for (Authenticator each : both()) {
            ServerAuth machine = machine(each, false, known);
            assertThat(decrypted(wanted(each, machine))).isEqualTo("secret");
            assertThatThrownBy(() -> machine.onMoreData(pem(others))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void shouldAskForTheKeyWhereThatIsAllowed() throws Exception {
        for (Authenticator each : both()) {
            ServerAuth machine = machine(each, false, new PasswordKey(true, ""));
            assertThat(wanted(each, machine)).hasSize(1);
            assertThat(decrypted(machine.onMoreData(pem(keys)))).isEqualTo("secret");
        }
    }

    /** A server, or whoever plays it, that sends its key unasked gets nothing for it. */
    @Test
    void shouldEncryptNothingForAKeyThatWasNotAskedFor() {
        for (Authenticator each : both()) {
            ServerAuth machine = machine(each, false, PasswordKey.NONE);
            if (each instanceof CachingSha2Authenticator) {
                machine.onSeed(SEED);
            }
            assertThatThrownBy(() -> machine.onMoreData(pem(keys))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void shouldNeedNoKeyOverTls() {
        for (Authenticator each : both()) {
            assertThat(wanted(each, machine(each, true, PasswordKey.NONE))).isEqualTo("secret\0".getBytes(UTF_8));
        }
    }
}
