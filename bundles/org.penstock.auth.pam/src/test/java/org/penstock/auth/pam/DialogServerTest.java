package org.penstock.auth.pam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;

class DialogServerTest {
    private static final byte[] PASSWORD = "\u0004Password: ".getBytes(UTF_8);

    private static ServerAuth server(Credential credential, boolean encrypted) {
        return new PamAuthenticator().server(new ServerAuthRequest("app", credential, "db1", encrypted, null));
    }

    @Test
    void shouldAnswerFirstQuestionWithPassword() {
        assertThat(server(Secret.clear("secret"), true).onSeed(PASSWORD)).isEqualTo("secret\0".getBytes(UTF_8));
        assertThat(server(Secret.clear("secret"), true).onMoreData(PASSWORD)).isEqualTo("secret\0".getBytes(UTF_8));
    }

    @Test
    void shouldSayWhatHasNoAnswer() {
        ServerAuth server = server(Secret.clear("secret"), true);
        server.onSeed(PASSWORD);
        assertThatThrownBy(() -> server.onMoreData("\u0004Code: ".getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("'Code:'");
        assertThatThrownBy(() -> server.onMoreData(new byte[0])).isInstanceOf(ProtocolException.class);
    }

    @Test
    void shouldSendNothingInTheClear() {
        assertThatThrownBy(() -> server(Secret.clear("secret"), false).onSeed(PASSWORD))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("ssl=true");
    }

    @Test
    void shouldNeedThePasswordItself() {
        assertThatThrownBy(() ->
                        server(new Secret(Credential.SHA1, new byte[20]), true).onSeed(PASSWORD))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("user_mapping_file");
    }
}
