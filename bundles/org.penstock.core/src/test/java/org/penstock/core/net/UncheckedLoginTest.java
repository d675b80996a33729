package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerStatus;
import org.penstock.auth.nullauth.NullAuthAllow;
import org.penstock.core.login.LoginRules;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.AuthSwitchRequest;
import org.penstock.wire.packet.ComChangeUser;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.HandshakeResponse41;

/** Clients whose proof Penstock does not look at: a real server does, before they are told that they are in. */
class UncheckedLoginTest extends ProxyFixture {
    private static TestFront lazy;
    private static int lazyPort;

    private MethodRules rules = new MethodRules();

    /** Connects to the server when there is a command for it. */
    private static final class LazyRouter implements Router {
        @Override
        public RouterSession open(RouterContext context) {
            return new RouterSession() {
                @Override
                public CommandInterest interest() {
                    return CommandInterest.NOTHING;
                }

                @Override
                public Route route(Command command, Holds holds) {
                    return Route.to("server1");
                }
            };
        }
    }

    @BeforeAll
    static void accounts() throws Exception {
        cluster.primary().execute("CREATE USER open@'%'");
        cluster.primary().execute("GRANT SELECT ON demo.* TO open@'%'");
        lazy = new TestFront(cluster.primary().port()).router(new LazyRouter());
        lazyPort = listen(lazy, 5000);
    }

    @BeforeEach
    void everybody() {
        rules = new MethodRules();
        rules.alone = new NullAuthAllow();
        rules.mapped = user -> user.equals("boss");
        lazy.rules(rules);
        front.rules(rules);
    }

    @AfterEach
    void ownRules() {
        settled(lazy);
        front.rules((LoginRules) null);
    }

    private static int error(byte[] answer) {
        return RawClient.first(answer) == ErrPacket.HEADER
                ? ErrPacket.decode(answer).code()
                : 0;
    }

    private static int login(RawClient client, String user) throws Exception {
        client.greeting();
        long asked = RawClient.MODERN & ~Capabilities.CONNECT_WITH_DB;
        client.send(
                1,
                new HandshakeResponse41(
                                asked, 1 << 24, 45, user, new byte[20], null, "mysql_native_password", new byte[0])
                        .encode());
        return error(client.payload());
    }

    private static int change(RawClient client, String user) throws Exception {
        client.send(
                0,
                new ComChangeUser(user, new byte[] {1}, "", 45, "mysql_native_password", new byte[0])
                        .encode(RawClient.MODERN));
        return error(client.payload());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLetAServerCheckTheLogin(boolean lazily) throws Exception {
        int where = lazily ? lazyPort : port;
        try (RawClient client = new RawClient(where)) {
            assertThat(login(client, "open")).isZero();
            assertThat(client.run("SELECT USER()")).anyMatch(row -> row.contains("open@"));
        }
        try (RawClient client = new RawClient(where)) {
            assertThat(login(client, "app")).isEqualTo(1045);
            assertThat(client.closed()).isTrue();
        }
        assertThat(rules.ends).containsExactly("open proved", "app 1045");
    }

    /** A mapped client is let in without a check, and nobody is the wiser. */
    @Test
    void shouldSayNothingOfAMappedClientThatNobodyChecks() throws Exception {
        try (RawClient client = new RawClient(lazyPort)) {
            assertThat(login(client, "boss")).isZero();
            assertThat(client.run("SELECT USER()")).anyMatch(row -> row.contains("app@"));
        }
        assertThat(rules.ends).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLetAServerCheckAChangeOfUser(boolean connected) throws Exception {
        try (RawClient client = new RawClient(lazyPort)) {
            assertThat(login(client, "boss")).isZero();
            if (connected) {
                client.run("SELECT 1");
            }
            assertThat(change(client, "open")).isZero();
            assertThat(client.run("SELECT USER()")).anyMatch(row -> row.contains("open@"));
            assertThat(rules.ends).containsExactly("open proved");
        }
        try (RawClient client = new RawClient(lazyPort)) {
            assertThat(login(client, "boss")).isZero();
            if (connected) {
                client.run("SELECT 1");
            }
            assertThat(change(client, "app")).isEqualTo(1045);
            assertThat(client.closed()).isTrue();
            assertThat(rules.ends).containsExactly("open proved", "app 1045");
        }
    }

    @Test
    void shouldTakeTheDatabaseOfAChangeThatAServerChecked() throws Exception {
        try (RawClient client = new RawClient(lazyPort)) {
            assertThat(login(client, "boss")).isZero();
            client.send(
                    0,
                    new ComChangeUser("open", new byte[0], "demo", 45, "mysql_native_password", new byte[0])
                            .encode(RawClient.MODERN));
            assertThat(error(client.payload())).isZero();
            assertThat(client.run("SELECT DATABASE()")).anyMatch(row -> row.contains("demo"));
        }
    }

    @Test
    void shouldRefuseWhomNoServerCanCheck() throws Exception {
        try (RawClient client = new RawClient(lazyPort)) {
            assertThat(login(client, "boss")).isZero();
            lazy.registry().set("server1", ServerStatus.MAINTENANCE, "test");
            client.send(
                    0, new ComChangeUser("open", new byte[0], "", 45, "none", new byte[0]).encode(RawClient.MODERN));
            assertThat(RawClient.first(client.payload())).isEqualTo(AuthSwitchRequest.HEADER);
            client.send(2, new byte[20]);
            assertThat(error(client.payload())).isEqualTo(2003);
            assertThat(client.sequence()).isEqualTo(3);
            assertThat(client.closed()).isTrue();
        } finally {
            lazy.registry().clear("server1", ServerStatus.MAINTENANCE, "test");
        }
        assertThat(rules.ends).containsExactly("open 2003");
    }

    @Test
    void shouldNumberTheErrorOfAServerBehindASwitch() throws Exception {
        try (RawClient client = new RawClient(lazyPort)) {
            assertThat(login(client, "boss")).isZero();
            client.send(0, new ComChangeUser("app", new byte[0], "", 45, "none", new byte[0]).encode(RawClient.MODERN));
            assertThat(RawClient.first(client.payload())).isEqualTo(AuthSwitchRequest.HEADER);
            client.send(2, new byte[20]);
            assertThat(error(client.payload())).isEqualTo(1045);
            assertThat(client.sequence()).isEqualTo(3);
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void shouldLetAServerCheckAWrongProofThatIsSkipped() throws Exception {
        rules.alone = null;
        rules.skips = true;
        rules.account("open", new Account.Method("mysql_native_password", "*" + "0".repeat(40)));
        rules.account("app", new Account.Method("mysql_native_password", "*" + "0".repeat(40)));
        for (String user : List.of("open", "app")) {
            try (RawClient client = new RawClient(lazyPort)) {
                assertThat(login(client, user)).isEqualTo(user.equals("open") ? 0 : 1045);
            }
        }
        assertThat(rules.ends).containsExactly("open proved", "app 1045");
    }
}
