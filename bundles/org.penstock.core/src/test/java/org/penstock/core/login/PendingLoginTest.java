package org.penstock.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.Credential;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.api.session.SessionContext;

/** The pending login over its table: each step of the protocol's and of the authenticator's machine, in each state. */
class PendingLoginTest {
    private static final Client CLIENT = new Client("10.0.0.1", null, false);
    private static final SqlError UNKNOWN_DATABASE = new SqlError(1049, "42000", "Unknown database 'x'");

    private final FakeRules rules = new FakeRules();
    private final Port port = new Port();
    private final Script protocol = new Script();
    private final PendingLogin login = new PendingLogin(port, protocol, rules, CLIENT, new byte[] {1, 2});
    private final Secret secret = new Secret();

    /** What the login did, in order. */
    private static final class Port implements LoginPort {
        private final List<String> said = new ArrayList<>();
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final Queue<Runnable> inBackground = new ArrayDeque<>();
        private @Nullable Identity identity;
        private boolean mayMove;

        @Override
        public boolean mayMove() {
            return mayMove;
        }

        @Override
        public void send(byte[] payload) {
            said.add("send " + new String(payload, java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public void accepted(Identity accepted) {
            identity = accepted;
            said.add("accepted");
        }

        @Override
        public void refused(SqlError error) {
            said.add("refused " + error.code());
        }

        @Override
        public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {
            inBackground.add(() -> {
                T made = null;
                Exception thrown = null;
                try {
                    made = task.call();
                } catch (Exception e) {
                    thrown = e;
                }
                outcome.done(made, thrown);
            });
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }
    }

    /** The protocol's machine: each packet's first byte says which step it is. */
    private static final class Script implements ClientLogin {
        private @Nullable String plugin = "p";
        private @Nullable String database;

        @Override
        public LoginStep begin() {
            return new LoginStep.Send(bytes("hello"));
        }

        @Override
        public LoginStep onPacket(Payload packet) {
            return switch (packet.at(0)) {
                case 'i' ->
                    new LoginStep.Identified(
                            new LoginRequest("anna", bytes("proof"), plugin, database, 45, 0, 0, new byte[0]));
                case 'd' -> new LoginStep.AuthData(packet.bytes());
                case 'r' -> new LoginStep.Reject(new SqlError(1043, "08S01", "Bad handshake"));
                case 't' -> LoginStep.START_TLS;
                case 'p' -> throw new ProtocolException(new SqlError(1047, "08S01", "known"));
                default -> throw new IndexOutOfBoundsException("truncated");
            };
        }

        @Override
        public byte[] switchTo(String name, byte[] data) {
            return bytes("switch " + name);
        }

        @Override
        public byte[] moreData(String plugin, byte[] data) {
            return bytes("more " + new String(data, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static final class Secret implements Credential {
        private final byte[] bytes = {42};

        @Override
        public String kind() {
            return "sha1";
        }

        @Override
        public byte[] secret() {
            return bytes;
        }

        @Override
        public void destroy() {
            bytes[0] = 0;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private void packet(String text) {
        login.packet(new ArrayText(bytes(text)));
    }

    private AuthStep accept() {
        return new AuthStep.Accept(secret);
    }

    private void begin() {
        login.begin();
        packet("i");
    }

    private void runTasks() {
        for (Runnable task = port.tasks.poll(); task != null; task = port.tasks.poll()) {
            task.run();
        }
    }

    @Test
    void shouldAcceptWithValuesOfCredentialOnly() {
        rules.script = response -> accept();
        begin();
        assertThat(port.said).containsExactly("send hello", "accepted");
        Credential held = Objects.requireNonNull(port.identity).credential();
        assertThat(held).isNotInstanceOf(Secret.class);
        assertThat(held.kind()).isEqualTo("sha1");
        assertThat(held.toString()).doesNotContain("42");
        held.destroy();
        assertThat(secret.bytes).containsExactly(0);
    }

    @Test
    void shouldSwitchPluginWhenClientCameWithAnother() {
        protocol.plugin = "other";
        rules.script = response -> accept();
        begin();
        packet("data");
        assertThat(port.said).containsExactly("send hello", "send switch p", "accepted");
    }

    @Test
    void shouldAskClientNothingForPluginThatReadsNothing() {
        protocol.plugin = "other";
        rules.machinePlugin = "";
        rules.script = response -> {
            assertThat(response).isEmpty();
            return accept();
        };
        begin();
        assertThat(port.said).containsExactly("send hello", "accepted");
    }

    @Test
    void shouldSendChallengeAndGoOn() {
        rules.script = response -> response[0] == 'd' ? accept() : new AuthStep.Challenge(bytes("seed"));
        begin();
        packet("data");
        assertThat(port.said).containsExactly("send hello", "send more seed", "accepted");
    }

    @Test
    void shouldRefuseEndlessChallenges() {
        rules.script = response -> new AuthStep.Challenge(bytes("seed"));
        begin();
        for (int i = 0; i < 100; i++) {
            packet("data");
        }
        assertThat(port.said.get(port.said.size() - 1)).isEqualTo("refused 1043");
        assertThat(port.said.size()).isLessThan(50);
    }

    @Test
    void shouldRefuseThenStaySilent() {
        rules.reloads = false;
        rules.script = response -> new AuthStep.Reject("wrong proof");
        begin();
        packet("i");
        packet("data");
        packet("x");
        assertThat(port.said).containsExactly("send hello", "refused 1045");
    }

    @Test
    void shouldPassOnAuthenticatorsOwnError() {
        rules.script = response -> new AuthStep.RejectWith(new SqlError(4151, "HY000", "locked"));
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 4151");
    }

    @Test
    void shouldBeginAgainOnceWithNewAccounts() {
        rules.account = null;
        rules.script = response -> rules.account == null ? AuthStep.NEED_ACCOUNTS : accept();
        begin();
        assertThat(port.said).containsExactly("send hello");
        rules.account = FakeRules.ANNA;
        rules.reload.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello", "accepted");
        assertThat(rules.asked).containsExactly("client unknown", "refresh", "again 'anna'@'%'");
    }

    @Test
    void shouldDenyWhenNewAccountsDoNotHelp() {
        rules.script = response -> AuthStep.NEED_ACCOUNTS;
        begin();
        rules.reload.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello", "refused 1045");
    }

    @Test
    void shouldTellOfWrongProofForKnownAccountOnce() {
        rules.script = response -> AuthStep.NEED_ACCOUNTS;
        begin();
        rules.reload.complete(null);
        runTasks();
        assertThat(rules.asked).containsExactly("client 'anna'@'%'", "mismatched 'anna'@'%'", "refresh");
    }

    @Test
    void shouldDenyWhenRateLimitAllowsNoReload() {
        rules.reloads = false;
        rules.script = response -> AuthStep.NEED_ACCOUNTS;
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 1045");
    }

    @Test
    void shouldLookAgainWhenAnotherLoginLoadedMeanwhile() {
        rules.reloads = false;
        rules.account = null;
        rules.script = response -> {
            if (rules.account == null) {
                rules.account = FakeRules.ANNA;
                return AuthStep.NEED_ACCOUNTS;
            }
            return accept();
        };
        begin();
        assertThat(port.said).containsExactly("send hello", "accepted");
    }

    @Test
    void shouldRefuseHostThatNoAccountAdmits() {
        rules.reloads = false;
        rules.host = new SqlError(1130, "HY000", "Host '10.0.0.1' is not allowed");
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 1130");
    }

    @Test
    void shouldLookForNewDatabaseBeforeItIsRefused() {
        protocol.database = "x";
        rules.database = UNKNOWN_DATABASE;
        rules.script = response -> accept();
        begin();
        assertThat(port.said).containsExactly("send hello");
        rules.database = null;
        rules.reload.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello", "accepted");
    }

    @Test
    void shouldRefuseUnknownDatabaseAndDestroyCredential() {
        protocol.database = "x";
        rules.database = UNKNOWN_DATABASE;
        rules.reloads = false;
        rules.script = response -> accept();
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 1049");
        assertThat(secret.bytes).containsExactly(0);
    }

    @Test
    void shouldDenyAndDestroyCredentialWhenAuthenticatorAcceptsUnknownAccount() {
        rules.reloads = false;
        rules.account = null;
        rules.script = response -> accept();
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 1045");
        assertThat(secret.bytes).containsExactly(0);
    }

    @Test
    void shouldWaitForBackgroundAndRefusePacketsMeanwhile() {
        rules.script = response -> new AuthStep.InBackground(this::accept);
        begin();
        packet("data");
        assertThat(port.said).containsExactly("send hello", "refused 1156");
        Objects.requireNonNull(port.inBackground.poll()).run();
        assertThat(port.said).containsExactly("send hello", "refused 1156");
        assertThat(secret.bytes).containsExactly(0);
    }

    @Test
    void shouldGoOnWithOutcomeOfBackground() {
        rules.script = response -> new AuthStep.InBackground(this::accept);
        begin();
        Objects.requireNonNull(port.inBackground.poll()).run();
        assertThat(port.said).containsExactly("send hello", "accepted");
    }

    @Test
    void shouldDenyWhenBackgroundThrows() {
        rules.reloads = false;
        rules.script = response -> new AuthStep.InBackground(() -> {
            throw new IllegalStateException("directory service is down");
        });
        begin();
        Objects.requireNonNull(port.inBackground.poll()).run();
        assertThat(port.said).containsExactly("send hello", "refused 1045");
    }

    @Test
    void shouldDoNothingWhenClientLeftWhileAccountsWereRead() {
        rules.script = response -> AuthStep.NEED_ACCOUNTS;
        begin();
        login.close();
        rules.reload.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello");
    }

    @Test
    void shouldRefuseEachUnexpectedStep() {
        for (String step : List.of("r", "t", "p", "x", "data")) {
            Port other = new Port();
            PendingLogin one = new PendingLogin(other, protocol, rules, CLIENT, new byte[0]);
            one.begin();
            one.packet(new ArrayText(bytes(step)));
            assertThat(other.said).as(step).hasSize(2);
            assertThat(other.said.get(1)).as(step).startsWith("refused 104");
        }
    }

    @Test
    void shouldRefuseSecondIdentification() {
        rules.script = response -> new AuthStep.Challenge(bytes("seed"));
        begin();
        packet("i");
        assertThat(port.said).containsExactly("send hello", "send more seed", "refused 1043");
    }

    @Test
    void shouldNamePluginThatIsNotInstalled() {
        rules.installed = false;
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 1524");
    }

    @Test
    void shouldFailClosedWhenAuthenticatorThrows() {
        rules.script = response -> {
            throw new NoClassDefFoundError("gone");
        };
        begin();
        assertThat(port.said).containsExactly("send hello", "refused 1045");
    }

    /** A payload of an array. */
    private record ArrayText(byte[] bytes) implements Payload {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public byte at(int index) {
            return bytes[index];
        }

        @Override
        public void copy(int from, byte[] target, int offset, int count) {
            System.arraycopy(bytes, from, target, offset, count);
        }
    }

    @Test
    void shouldNotGreetClientOfBlockedAddress() {
        rules.blocked = new SqlError(1129, "HY000", "blocked");
        login.begin();
        packet("i");
        assertThat(port.said).containsExactly("refused 1129");
        assertThat(rules.asked).isEmpty();
    }

    @Test
    void shouldLookAtNoProofOnceTheAddressIsBlocked() {
        login.begin();
        rules.blocked = new SqlError(1129, "HY000", "blocked");
        packet("i");
        assertThat(port.said).containsExactly("send hello", "refused 1129");
        assertThat(rules.asked).isEmpty();
        assertThat(rules.ends).containsExactly("anna@10.0.0.1 1129");
    }

    @Test
    void shouldSayOnceHowALoginEnded() {
        rules.reloads = false;
        login.begin();
        packet("i");
        packet("i");
        assertThat(port.said).containsExactly("send hello", "refused 1045");
        assertThat(rules.ends).containsExactly("anna@10.0.0.1 1045");
    }

    @Test
    void shouldSayThatALoginWasAccepted() {
        rules.script = response -> accept();
        login.begin();
        packet("i");
        login.close();
        assertThat(rules.ends).containsExactly("anna@10.0.0.1 accepted");
    }

    @Test
    void shouldLeaveAWrongProofToTheServersWhenAuthenticationIsSkipped() {
        rules.skips = true;
        login.begin();
        packet("i");
        assertThat(port.said).containsExactly("send hello", "accepted");
        assertThat(port.identity).isNotNull();
        assertThat(port.identity.credential().kind()).isEqualTo(Credential.NONE);
    }

    @Test
    void shouldRefuseUnknownUserThoughAuthenticationIsSkipped() {
        rules.skips = true;
        rules.account = null;
        rules.reloads = false;
        login.begin();
        packet("i");
        assertThat(port.said).endsWith("refused 1045");
    }

    // -- what is counted of clients whose proof was not looked at here

    @ParameterizedTest
    @CsvSource({
        "AUTHENTICATOR, false, true,  AUTHENTICATOR, anna@10.0.0.1 accepted",
        "AUTHENTICATOR, true,  true,  AUTHENTICATOR, anna@10.0.0.1 accepted",
        "AUTHENTICATOR, true,  false, AUTHENTICATOR, anna@10.0.0.1 accepted",
        "SERVERS,       false, true,  SERVERS,       ",
        "NOBODY,        false, true,  SERVERS,       ",
        "NOBODY,        true,  true,  NOBODY,        ",
        "NOBODY,        false, false, NOBODY,        ",
        // Nobody would check these.
        "SERVERS,       true,  true,  ,              anna@10.0.0.1 1045",
        "SERVERS,       false, false, ,              anna@10.0.0.1 1045"
    })
    void shouldSayThatAProofWasRightOnlyWhenItWasLookedAt(
            CheckedBy claimed, boolean mapped, boolean servers, @Nullable CheckedBy expected, @Nullable String end) {
        rules.checkedBy = claimed;
        rules.mapped = mapped ? new MappedUser("boss", HeldCredential.none()) : null;
        rules.servers = servers;
        rules.script = response -> accept();
        begin();
        Identity identity = port.identity;
        assertThat(identity == null ? null : identity.checkedBy()).isEqualTo(expected);
        assertThat(rules.ends).isEqualTo(end == null ? List.of() : List.of(end));
        assertThat(secret.bytes[0] == 0).as("destroyed").isEqualTo(mapped || expected == null);
    }

    @Test
    void shouldNotSayThatASkippedProofWasRight() {
        rules.skips = true;
        rules.script = response -> new AuthStep.Reject("wrong");
        begin();
        assertThat(Objects.requireNonNull(port.identity).awaitsServer()).isTrue();
        assertThat(rules.ends).isEmpty();
    }

    @Test
    void shouldCountAWrongProofWhenTheClientLeavesWhileAccountsAreRead() {
        rules.script = response -> new AuthStep.Reject("wrong");
        begin();
        assertThat(rules.ends).isEmpty();
        login.close();
        assertThat(rules.ends).containsExactly("anna@10.0.0.1 1045");
        rules.reload.complete(null);
        runTasks();
        login.close();
        assertThat(rules.ends).hasSize(1);
    }

    @Test
    void shouldNotCountAClientThatLeavesWithoutAWrongProof() {
        rules.script = response -> new AuthStep.Challenge(bytes("seed"));
        begin();
        login.close();
        assertThat(rules.ends).isEmpty();
    }

    @Test
    void shouldNotCountAClientThatNewAccountsLetIn() {
        rules.script = response -> new AuthStep.Reject("wrong");
        begin();
        rules.account = new Account("anna", "%", "p", "other", true, Set.of());
        rules.script = response -> accept();
        rules.reload.complete(null);
        runTasks();
        login.close();
        assertThat(rules.ends).containsExactly("anna@10.0.0.1 accepted");
    }

    /** Behind a balancer the address that counts comes with the first bytes. */
    @Test
    void shouldAskForTheAddressOfThePeerOnlyOnceItSpeaksForItself() {
        rules.blocked = new SqlError(1129, "HY000", "blocked");
        port.mayMove = true;
        login.begin();
        assertThat(port.said).containsExactly("send hello");
        packet("i");
        assertThat(port.said).containsExactly("send hello", "refused 1129");
    }

    // -- expired passwords

    @ParameterizedTest
    @CsvSource({
        "anna, EXPIRED,             accepted",
        "boss, EXPIRED,             refused 1820",
        "boss, EXPIRED TURNED_AWAY, refused 1862",
        "anna, '',                  accepted",
        "boss, '',                  accepted"
    })
    void shouldKeepOutWhoseExpiredPasswordNoServerWouldSee(String mapped, String restrictions, String said) {
        rules.account = new Account(
                "anna",
                "%",
                List.of(new Account.Method("p", "")),
                java.util.Arrays.stream(restrictions.split(" "))
                        .filter(word -> !word.isEmpty())
                        .map(Account.Restriction::valueOf)
                        .collect(java.util.stream.Collectors.toSet()),
                true,
                Set.of());
        rules.mapped = new MappedUser(mapped, HeldCredential.none());
        rules.reloads = false;
        rules.script = response -> accept();
        begin();
        assertThat(port.said).containsExactly("send hello", said);
    }
}
