package org.penstock.auth.unixsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
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
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.session.Store;

class UnixSocketAuthenticatorTest {
    private static long me;
    private static String myName = "";

    private final UnixSocketAuthenticator authenticator = new UnixSocketAuthenticator();

    @BeforeAll
    static void whoAmI() throws Exception {
        me = ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        myName = Files.getOwner(Path.of("/proc/self")).getName();
    }

    @Test
    void shouldAcceptUserOfTheSameName() throws Exception {
        AuthStep step = outcome(client(myName, "", me));
        assertThat(step).isInstanceOf(AuthStep.Accept.class);
        assertThat(((AuthStep.Accept) step).credential().kind()).isEqualTo(Credential.NONE);
    }

    @Test
    void shouldAcceptUserThatTheAccountNames() throws Exception {
        assertThat(outcome(client("app", myName, me))).isInstanceOf(AuthStep.Accept.class);
        assertThat(outcome(client(myName, "nobody", me))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldRefuseAnotherUser() throws Exception {
        assertThat(outcome(client(myName, "", me + 1))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no such user", "0", "+0", "-1", "a\u0000b"})
    void shouldRefuseNamesOfNobody(String name) throws Exception {
        assertThat(outcome(client(name, "", me))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldNotTakeNumbersForNames() {
        OsUsers users = new OsUsers();
        assertThat(users.is(me, myName)).isTrue();
        assertThat(users.is(me, String.valueOf(me))).isFalse();
        assertThat(users.is(me, "+" + me)).isFalse();
        assertThat(users.is(me, "x".repeat(OsUsers.MAX_NAME + 1))).isFalse();
    }

    @Test
    void shouldRejectOverTcp() {
        assertThat(authenticator.client(request(myName, account(""), null)).onResponse(new byte[0]))
                .isInstanceOf(AuthStep.Reject.class);
    }

    @Test
    void shouldDoTheSameWorkWithoutAccountAndRefuse() throws Exception {
        assertThat(outcome(authenticator.client(request(myName, null, me)))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldTakeAccountThatComesLater() throws Exception {
        ClientAuth machine = client(myName, "nobody", me);
        assertThat(outcome(machine)).isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(background(machine.onAccount(account(myName)))).isInstanceOf(AuthStep.Accept.class);
    }

    @Test
    void shouldReadNothingFromClientsAndLogInToNoServer() {
        assertThat(client(myName, "", me).plugin()).isEmpty();
        assertThat(authenticator.accountPlugins()).containsExactlyInAnyOrder("unix_socket", "auth_socket");
        assertThatThrownBy(() ->
                        authenticator.server(new ServerAuthRequest("app", Secret.none(), "localhost", true, null)))
                .isInstanceOf(ProtocolException.class);
    }

    private ClientAuth client(String user, String stored, long uid) {
        return authenticator.client(request(user, account(stored), uid));
    }

    private static AuthStep outcome(ClientAuth machine) throws Exception {
        return background(machine.onResponse(new byte[0]));
    }

    private static AuthStep background(AuthStep step) throws Exception {
        assertThat(step).isInstanceOf(AuthStep.InBackground.class);
        return ((AuthStep.InBackground) step).task().call();
    }

    private static Account account(String stored) {
        return new Account("app", "localhost", "unix_socket", stored, true, Set.of());
    }

    private static ClientAuthRequest request(String user, @Nullable Account account, @Nullable Long uid) {
        return new ClientAuthRequest(
                user, account, new byte[20], new Client("localhost", uid, true), Map.of(), NoStore.INSTANCE);
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
