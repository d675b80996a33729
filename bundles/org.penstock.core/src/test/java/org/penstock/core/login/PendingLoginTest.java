package org.penstock.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Credential;
import org.penstock.api.error.SqlError;

/** The pending login over its table: each step of the protocol's and of the authenticator's machine, in each state. */
class PendingLoginTest extends PendingLoginFixture {
    private static final SqlError UNKNOWN_DATABASE = new SqlError(1049, "42000", "Unknown database 'x'");

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

    @Test
    void shouldLookForTheAccountOnceTheNameOfTheClientIsKnown() {
        rules.name = new CompletableFuture<>();
        rules.script = response -> accept();
        begin();
        assertThat(rules.asked).isEmpty();
        rules.account = new Account("anna", "%.example.com", "p", "", true, Set.of());
        rules.name.complete(null);
        assertThat(rules.asked).as("on the login's own thread").isEmpty();
        runTasks();
        assertThat(rules.asked).containsExactly("client 'anna'@'%.example.com'");
        assertThat(port.said).containsExactly("send hello", "accepted");
    }

    @Test
    void shouldDoNothingWhenClientLeftWhileItsNameWasLookedUp() {
        rules.name = new CompletableFuture<>();
        begin();
        login.close();
        rules.name.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello");
        assertThat(rules.asked).isEmpty();
    }

    @Test
    void shouldFindTheNameOutForAccountsThatWereReadAnew() {
        rules.account = null;
        rules.script = response -> rules.account == null ? AuthStep.NEED_ACCOUNTS : accept();
        begin();
        rules.name = new CompletableFuture<>();
        rules.reload.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello");
        rules.account = FakeRules.ANNA;
        rules.name.complete(null);
        runTasks();
        assertThat(port.said).containsExactly("send hello", "accepted");
    }
}
