package org.penstock.auth.gssapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

/** Both machines with a Kerberos server: a client proves itself to Penstock, and Penstock proves it to a server with the tickets that it delegated. */
class GssapiTest {
    private static final String REALM = "EXAMPLE.ORG";
    private static final String PENSTOCK = "mariadb/penstock.example.org@" + REALM;
    private static final String SERVER = "mariadb/db1.example.org@" + REALM;

    @TempDir
    static Path directory;

    private static @Nullable SimpleKdcServer kdc;
    private static String keytab = "";

    private final GssapiAuthenticator authenticator = new GssapiAuthenticator();

    @BeforeAll
    static void startKdc() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        SimpleKdcServer started = new SimpleKdcServer();
        started.setWorkDir(directory.toFile());
        started.setKdcRealm(REALM);
        started.setKdcHost("localhost");
        started.setKdcTcpPort(port);
        started.setAllowUdp(false);
        started.init();
        started.start();
        kdc = started;
        started.createPrincipals(PENSTOCK, SERVER, "anna@" + REALM);
        keytab = directory.resolve("keys").toString();
        started.exportPrincipals(Path.of(keytab).toFile());
        Path configuration = Files.writeString(
                directory.resolve("client.conf"),
                """
                [libdefaults]
                default_realm = %s
                forwardable = true
                udp_preference_limit = 1
                dns_lookup_kdc = false
                [realms]
                %s = {
                  kdc = localhost:%d
                }
                """
                        .formatted(REALM, REALM, port));
        System.setProperty("java.security.krb5.conf", configuration.toString());
    }

    @AfterAll
    static void stopKdc() throws Exception {
        if (kdc != null) {
            kdc.stop();
        }
    }

    /** What the driver of a client does. */
    private static final class Driver {
        private final GSSContext context;
        private final Subject subject;

        Driver(String principal, boolean mutual) throws Exception {
            LoginContext login = new LoginContext("client", new Subject(), null, new Configuration() {
                @Override
                public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                    return new AppConfigurationEntry[] {
                        new AppConfigurationEntry(
                                "com.sun.security.auth.module.Krb5LoginModule",
                                AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                                Map.of(
                                        "useKeyTab",
                                        "true",
                                        "keyTab",
                                        keytab,
                                        "principal",
                                        "anna@" + REALM,
                                        "doNotPrompt",
                                        "true",
                                        "refreshKrb5Config",
                                        "true"))
                    };
                }
            });
            login.login();
            subject = login.getSubject();
            GSSManager manager = GSSManager.getInstance();
            context = manager.createContext(
                    manager.createName(principal, Kerberos.principalName()), Kerberos.mechanism(), null, 0);
            context.requestMutualAuth(mutual);
        }

        byte[] token(byte[] from) throws Exception {
            PrivilegedExceptionAction<byte[]> next = () -> context.initSecContext(from, 0, from.length);
            byte[] token = Subject.doAs(subject, next);
            return token == null ? new byte[0] : token;
        }
    }

    @Test
    void shouldTellClientItsPrincipal() {
        assertThat(new String(client(account("")).switchData(), UTF_8)).isEqualTo(PENSTOCK + "\0Kerberos\0");
        ClientAuth unconfigured = authenticator.client(
                new ClientAuthRequest("anna", null, new byte[20], address(), Map.of(), NoStore.INSTANCE));
        assertThat(new String(java.util.Objects.requireNonNull(unconfigured.switchData()), UTF_8))
                .startsWith("mariadb/localhost.localdomain\0");
    }

    @ParameterizedTest
    @CsvSource({"anna, ''", "other, anna@EXAMPLE.ORG"})
    void shouldAcceptPrincipalOfAccount(String user, String stored) throws Exception {
        AuthStep step = login(client(user, account(stored)));
        AuthStep.Accept accept = (AuthStep.Accept) step;
        assertThat(accept.credential().kind()).isEqualTo(Credential.NONE);
        assertThat(accept.lastData()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"other, ''", "anna, other@EXAMPLE.ORG", "anna, anna", "anna@EXAMPLE.ORG, ''"})
    void shouldRefusePrincipalOfAnotherAccount(String user, String stored) throws Exception {
        assertThat(login(client(user, account(stored)))).isSameAs(AuthStep.NEED_ACCOUNTS);
    }

    @Test
    void shouldRefuseWithoutAccountAndTakeOneThatComesLater() throws Exception {
        ClientAuth machine = client("anna", null);
        assertThat(login(machine)).isSameAs(AuthStep.NEED_ACCOUNTS);
        assertThat(machine.onAccount(account("anna@EXAMPLE.ORG"))).isInstanceOf(AuthStep.Accept.class);
    }

    @Test
    void shouldProveItselfToClientThatAsksForIt() throws Exception {
        Driver driver = new Driver(PENSTOCK, true);
        AuthStep.Accept accept = (AuthStep.Accept) outcome(client(account("")).onResponse(driver.token(new byte[0])));
        assertThat(driver.context.isEstablished()).isFalse();
        driver.token(java.util.Objects.requireNonNull(accept.lastData()));
        assertThat(driver.context.isEstablished()).isTrue();
    }

    /** Tickets as a client delegates them; this Kerberos server gives out no forwarded ones. */
    private static Credential tickets() throws Exception {
        Driver driver = new Driver(PENSTOCK, false);
        PrivilegedExceptionAction<GSSCredential> own = () ->
                GSSManager.getInstance().createCredential(null, 0, Kerberos.mechanism(), GSSCredential.INITIATE_ONLY);
        return Tickets.of(Subject.doAs(driver.subject, own));
    }

    @Test
    void shouldLogInToServerWithTicketsOfClient() throws Exception {
        Credential tickets = tickets();
        assertThat(tickets.kind()).isEqualTo("gssapi");
        assertThat(tickets.toString()).isEqualTo("Tickets");
        ServerAuth machine = server(tickets);
        assertThat(machine.isBlocking()).isTrue();
        byte[] token = machine.onSeed((SERVER + "\0Kerberos\0").getBytes(UTF_8));
        GSSContext atServer = new Acceptor(SERVER, keytab).context();
        atServer.acceptSecContext(token, 0, token.length);
        assertThat(atServer.isEstablished()).isTrue();
        assertThat(atServer.getSrcName().toString()).isEqualTo("anna@" + REALM);
        assertThatThrownBy(() -> machine.onMoreData(new byte[] {1})).isInstanceOf(ProtocolException.class);
        tickets.destroy();
        assertThatThrownBy(() -> server(tickets).onSeed((SERVER + "\0").getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("delegated no tickets");
    }

    @Test
    void shouldNamePrincipalThatKerberosDoesNotKnow() throws Exception {
        Credential tickets = tickets();
        assertThatThrownBy(() -> server(tickets).onSeed("mariadb/nowhere.example.org@EXAMPLE.ORG".getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("mariadb/nowhere.example.org");
    }

    @Test
    void shouldSayWhatServersNeedWhenNothingWasDelegated() {
        assertThatThrownBy(() -> server(Secret.none()).onSeed((SERVER + "\0").getBytes(UTF_8)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("user_mapping_file");
    }

    @Test
    void shouldRejectWhatIsNoToken() throws Exception {
        assertThat(client(account("")).onResponse(new byte[0])).isInstanceOf(AuthStep.Reject.class);
        assertThat(client(account("")).onResponse(new byte[Kerberos.MAX_TOKEN + 1]))
                .isInstanceOf(AuthStep.Reject.class);
        byte[] token = new Driver(PENSTOCK, false).token(new byte[0]);
        for (int length : new int[] {1, 2, 5, 15, 17, 20, 64, token.length / 2, token.length - 1}) {
            byte[] cut = java.util.Arrays.copyOf(token, length);
            assertThat(outcome(client(account("")).onResponse(cut)))
                    .as("cut at %d", length)
                    .isInstanceOf(AuthStep.Reject.class);
        }
    }

    @Test
    void shouldRejectTokenForAnotherPrincipal() throws Exception {
        byte[] token = new Driver(SERVER, false).token(new byte[0]);
        assertThat(outcome(client(account("")).onResponse(token))).isInstanceOf(AuthStep.Reject.class);
    }

    @Test
    void shouldNameKeytabThatHasNoKey() {
        ClientAuth machine = authenticator.client(new ClientAuthRequest(
                "anna",
                account(""),
                new byte[20],
                address(),
                Map.of("principal_name", PENSTOCK, "gssapi_keytab_path", "/nowhere/keys"),
                NoStore.INSTANCE));
        assertThatThrownBy(() -> outcome(machine.onResponse(new byte[] {1})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(PENSTOCK)
                .hasMessageContaining("/nowhere/keys");
    }

    private static AuthStep login(ClientAuth machine) throws Exception {
        return outcome(machine.onResponse(new Driver(PENSTOCK, false).token(new byte[0])));
    }

    private static AuthStep outcome(AuthStep step) throws Exception {
        return ((AuthStep.InBackground) step).task().call();
    }

    private ClientAuth client(@Nullable Account account) {
        return client("anna", account);
    }

    private ClientAuth client(String user, @Nullable Account account) {
        Map<String, String> options = Map.of("principal_name", PENSTOCK, "gssapi_keytab_path", keytab);
        return authenticator.client(
                new ClientAuthRequest(user, account, new byte[20], address(), options, NoStore.INSTANCE));
    }

    private static Client address() {
        return new Client("127.0.0.1", null, false);
    }

    private ServerAuth server(Credential credential) {
        return authenticator.server(new ServerAuthRequest("anna", credential, "db1", false, null));
    }

    private static Account account(String stored) {
        return new Account("anna", "%", "gssapi", stored, true, Set.of());
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
