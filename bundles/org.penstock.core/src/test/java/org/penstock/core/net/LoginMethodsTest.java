package org.penstock.core.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.PasswordKey;
import org.penstock.api.auth.Secret;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.auth.cleartext.ClearTextAuthenticator;
import org.penstock.auth.nullauth.NullAuthAllow;
import org.penstock.auth.nullauth.NullAuthDeny;
import org.penstock.core.login.LoginRules;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.password.RsaPassword;

/** Accounts of every method log in through a real proxy to a real server, by drivers and packet by packet; whoever is refused learns nothing and is cut. */
class LoginMethodsTest extends ProxyFixture {
    private static final Account.Method NATIVE =
            new Account.Method("mysql_native_password", "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7");
    private static final Account.Method ED25519 =
            new Account.Method("ed25519", "ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY");
    private static final String SALT = "0123456789abcdefghij";
    private static final Account.Method CACHING = new Account.Method(
            "caching_sha2_password", "$A$005$" + SALT + "DzxW9TvqYzWluI.c0TEKGiv1WF2zptVscigC2dPeKP2");
    private static final Account.Method SHA256 =
            new Account.Method("sha256_password", "$5$" + SALT + "$DzxW9TvqYzWluI.c0TEKGiv1WF2zptVscigC2dPeKP2");
    private static final Map<String, Account.Method> METHODS =
            Map.of("native", NATIVE, "edda", ED25519, "caching", CACHING, "sha", SHA256);

    @TempDir
    static Path directory;

    private MethodRules rules = new MethodRules();

    /** One key for all, since making one takes long. */
    @BeforeAll
    static void key() throws Exception {
        String body = Base64.getMimeEncoder()
                .encodeToString(RsaPassword.generate().getPrivate().getEncoded());
        Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    @BeforeEach
    void accounts() {
        rules = new MethodRules();
        rules.options.put(
                "caching_sha2_rsa_privkey_path", directory.resolve("key.pem").toString());
        METHODS.forEach((user, method) -> rules.account(user, method));
        rules.account("either", ED25519, NATIVE);
        front.rules(rules);
    }

    @AfterEach
    void ownAccounts() {
        front.version = "5.5.5-11.4.5-MariaDB";
        front.rules((LoginRules) null);
    }

    // -- drivers

    @ParameterizedTest
    @CsvSource({
        "mariadb, native",
        "mariadb, edda",
        "mariadb, caching",
        "mariadb, either",
        "mysql, native",
        "mysql, caching",
        "mysql, sha"
    })
    void shouldLogDriversInTwice(String driver, String user) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection connection = connect(driver, user, "secret");
                    var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT CURRENT_USER()")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).startsWith("app@");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, native",
        "mariadb, edda",
        "mariadb, caching",
        "mariadb, either",
        "mysql, caching",
        "mysql, sha"
    })
    void shouldRefuseDriversWithWrongPassword(String driver, String user) {
        assertThatThrownBy(() -> connect(driver, user, "wrong").close())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(1045));
    }

    private static Connection connect(String driver, String user, String password) throws SQLException {
        if (driver.equals("mysql")) {
            // MySQL's driver takes MariaDB's greeting for a server that is too old for its plugins.
            front.version = "8.0.36";
        }
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("sslMode", driver.equals("mysql") ? "DISABLED" : "disable");
        return DriverManager.getConnection("jdbc:" + driver + "://127.0.0.1:" + port + "/demo", properties);
    }

    // -- packets

    /** A login as the client sees it, packet by packet. */
    private static final class Login implements AutoCloseable {
        private final RawClient client;
        private final List<String> steps = new ArrayList<>();
        private String user = "";
        private @Nullable ServerAuth machine;

        Login() throws IOException {
            client = new RawClient(port);
            client.greeting();
        }

        /** Begins without a proof, as a client of another plugin does. */
        int begin(String name, String password) throws IOException {
            user = name;
            client.send(
                    1,
                    new HandshakeResponse41(
                                    RawClient.MODERN, 1 << 24, 45, name, new byte[0], "demo", "none", new byte[0])
                            .encode());
            return finish(password);
        }

        int change(String name, String password) throws IOException {
            user = name;
            steps.clear();
            client.send(
                    0, new ComChangeUser(name, new byte[0], "demo", 45, "none", new byte[0]).encode(RawClient.MODERN));
            return finish(password);
        }

        /** Answers until the proxy decides: 0 or an error. */
        private int finish(String password) throws IOException {
            while (true) {
                byte[] packet = client.payload();
                int kind = RawClient.first(packet);
                if (kind == 0) {
                    steps.add("ok");
                    return 0;
                }
                if (kind == ErrPacket.HEADER) {
                    ErrPacket error = ErrPacket.decode(packet);
                    steps.add("error " + error.code() + " " + error.message().replace(user, "USER"));
                    return error.code();
                }
                byte[] answer = kind == AuthSwitchRequest.HEADER ? switched(packet, password) : more(packet);
                if (answer.length > 0) {
                    client.send(client.sequence() + 1, answer);
                }
            }
        }

        private byte[] switched(byte[] packet, String password) {
            AuthSwitchRequest request = AuthSwitchRequest.decode(packet);
            steps.add("switch " + request.plugin() + " " + request.data().length);
            machine = named(request.plugin())
                    .server(new ServerAuthRequest(
                            user, Secret.clear(password), "proxy", false, new PasswordKey(true, ""), null));
            byte[] data = request.data();
            return machine.onSeed(data.length == 21 ? Arrays.copyOf(data, 20) : data);
        }

        private byte[] more(byte[] packet) {
            steps.add("more " + (packet.length > 100 ? "key" : packet[1]));
            return Objects.requireNonNull(machine).onMoreData(Arrays.copyOfRange(packet, 1, packet.length));
        }

        private static Authenticator named(String plugin) {
            return MethodRules.ALL.stream()
                    .filter(known -> known.plugin().equals(plugin))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    @Test
    void shouldGoTheQuickWayFromTheSecondLoginOn() throws Exception {
        try (Login first = new Login();
                Login second = new Login()) {
            assertThat(first.begin("caching", "secret")).isZero();
            assertThat(first.steps).containsExactly("switch caching_sha2_password 21", "more 4", "more key", "ok");
            assertThat(second.begin("caching", "secret")).isZero();
            assertThat(second.steps).containsExactly("switch caching_sha2_password 21", "more 3", "ok");
        }
        rules.options.put("caching_sha2_full", "true");
        try (Login third = new Login()) {
            assertThat(third.begin("caching", "secret")).isZero();
            assertThat(third.steps).contains("more 4");
        }
    }

    @Test
    void shouldNotTakeTheQuickWayForAnAccountThatHasChanged() throws Exception {
        try (Login first = new Login()) {
            assertThat(first.begin("caching", "secret")).isZero();
        }
        rules.account("caching", new Account.Method("caching_sha2_password", "$A$005$" + SALT + "x".repeat(43)));
        try (Login second = new Login()) {
            assertThat(second.begin("caching", "secret")).isEqualTo(1045);
        }
    }

    @Test
    void shouldTryMethodsOfAccountInTurn() throws Exception {
        rules.account("either", ED25519, new Account.Method("unknown_plugin", ""), NATIVE);
        try (Login login = new Login()) {
            assertThat(login.begin("either", "wrong")).isEqualTo(1045);
            assertThat(login.steps.subList(0, 2))
                    .containsExactly("switch client_ed25519 32", "switch mysql_native_password 21");
        }
        rules.account("either", new Account.Method("ed25519", "invalid"), NATIVE);
        try (Login login = new Login()) {
            assertThat(login.begin("either", "secret")).isZero();
        }
    }

    @Test
    void shouldNamePluginThatNoneServes() throws Exception {
        rules.account("either", new Account.Method("unknown_plugin", ""));
        try (Login login = new Login()) {
            assertThat(login.begin("either", "secret")).isEqualTo(1524);
            assertThat(login.steps).containsExactly("error 1524 Plugin 'unknown_plugin' is not loaded");
        }
    }

    /** The same steps on the wire, and the same steps of the authenticator, for a user that exists and for one that does not. */
    @ParameterizedTest
    @ValueSource(strings = {"native", "edda", "caching", "sha", "either"})
    void shouldTakeTheSameStepsForAnUnknownUserAsForWrongPassword(String user) throws Exception {
        rules.standIn = rules.account(user, "127.0.0.1");
        List<List<String>> steps = new ArrayList<>();
        List<List<String>> work = new ArrayList<>();
        for (String name : List.of(user, "nobody_" + user)) {
            for (String password : List.of("wrong", name.equals(user) ? "wrong" : "secret")) {
                rules.work.clear();
                try (Login login = new Login()) {
                    assertThat(login.begin(name, password)).isEqualTo(1045);
                    steps.add(login.steps);
                    work.add(rules.work.stream()
                            .map(done -> done.equals("Accept") ? "NeedAccounts" : done)
                            .toList());
                }
            }
        }
        assertThat(steps.get(0)).hasSizeGreaterThan(1).isEqualTo(steps.get(1)).isEqualTo(steps.get(2));
        assertThat(work.get(0)).isNotEmpty().isEqualTo(work.get(1)).isEqualTo(work.get(2));
        if (!user.equals("either")) {
            assertThat(steps.get(3)).as("the stand-in's right password").isEqualTo(steps.get(0));
            assertThat(work.get(3)).isEqualTo(work.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "edda", "caching", "sha", "either"})
    void shouldChangeToAccountOfEachMethod(String user) throws Exception {
        try (Login login = new Login()) {
            assertThat(login.begin("native", "secret")).isZero();
            assertThat(login.change(user, "secret")).as(login.steps.toString()).isZero();
            assertThat(login.steps.get(0)).startsWith("switch");
            assertThat(login.client.run("SELECT 'goes on'")).anyMatch(packet -> packet.contains("goes on"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "edda", "caching", "sha", "either", "nobody"})
    void shouldTakeNothingAfterFailedLogin(String user) throws Exception {
        try (Login login = new Login()) {
            assertThat(login.begin(user, "wrong")).isEqualTo(1045);
            login.client.send(0, RawClient.query("SELECT 1"));
            assertThat(login.client.closed()).isTrue();
        }
    }

    @Test
    void shouldNotAskForClearPasswordWithoutTls() throws Exception {
        rules.alone = new ClearTextAuthenticator();
        try (Login login = new Login()) {
            assertThat(login.begin("app", "app")).isEqualTo(3159);
            assertThat(login.steps).hasSize(1);
        }
    }

    /** Libraries from before MySQL 5.5 know of no plugins: they answer the greeting's seed. */
    @Test
    void shouldTakeAClientWithoutPluginsByItsNativePassword() throws Exception {
        rules.account("app", new Account.Method("mysql_native_password", "*5BCB3E6AC345B435C7C2E6B7949A04CE6F6563D3"));
        try (RawClient client = RawClient.connected(port, RawClient.MODERN & ~Capabilities.PLUGIN_AUTH)) {
            assertThat(client.run("SELECT 'in'")).anyMatch(packet -> packet.contains("in"));
            client.send(0, client.changeUser("app"));
            assertThat(RawClient.first(client.payload())).isZero();
            client.send(0, client.changeUser("wrong"));
            assertThat(ErrPacket.decode(client.payload()).code()).isEqualTo(1045);
        }
        rules.account("app", ED25519);
        try (RawClient client = new RawClient(port)) {
            client.greeting();
            client.send(1, client.login(RawClient.MODERN & ~Capabilities.PLUGIN_AUTH, "app"));
            expectErrorAndEnd(client, 1251);
        }
    }

    @Test
    void shouldAcceptEverybodyOrNobody() throws Exception {
        rules.alone = new NullAuthAllow();
        try (Login login = new Login()) {
            assertThat(login.begin("anybody", "whatever")).isZero();
        }
        rules.alone = new NullAuthDeny();
        try (Login login = new Login()) {
            assertThat(login.begin("native", "secret")).isEqualTo(1045);
        }
    }

    /** The proof of one login is of no use in another. */
    @ParameterizedTest
    @ValueSource(strings = {"native", "edda", "caching"})
    void shouldRefuseProofThatWasSeenBefore(String user) throws Exception {
        byte[] seen;
        try (Login login = new Login()) {
            assertThat(login.begin(user, "secret")).isZero();
        }
        try (Login login = new Login();
                Login again = new Login()) {
            seen = proof(login, user, "secret");
            byte[] packet = login.client.payload();
            assertThat(RawClient.first(packet)).as(new String(packet, UTF_8)).isNotEqualTo(ErrPacket.HEADER);
            proof(again, user, "wrong");
            // The answer to another seed.
            again.client.send(again.client.sequence() + 1, seen);
            assertThat(RawClient.first(again.client.payload())).isNotZero();
        }
    }

    private static byte[] proof(Login login, String user, String password) throws IOException {
        login.user = user;
        login.client.send(
                1,
                new HandshakeResponse41(RawClient.MODERN, 1 << 24, 45, user, new byte[0], "demo", "none", new byte[0])
                        .encode());
        byte[] answer = login.switched(login.client.payload(), password);
        if (password.equals("secret")) {
            login.client.send(login.client.sequence() + 1, answer);
        }
        return answer;
    }
}
