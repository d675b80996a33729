package org.penstock.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.account.Account;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.CheckedBy;
import org.penstock.api.auth.Credential;
import org.penstock.api.error.SqlError;

/** Who is let in or kept out whatever the proof, and what is counted of a login for the throttling of its address. */
class LoginEndTest extends PendingLoginFixture {
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
