package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.penstock.api.account.Account;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.global.GlobalSettings;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.Service;

/** Where a service's accounts come from: servers, a copy on disk, a file, its own account. */
class AccountRoomTest extends AccountRoomFixture {
    private static final BackendException DENIED =
            new BackendException("db1", new SqlError(1142, "42000", "SELECT command denied"));

    @Test
    void shouldReadFromFirstServer() throws Exception {
        fake.accounts("db1", users("a"));
        fake.accounts("db2", users("b"));
        AccountIndex index = get(room(settings(all(false), "db1", "db2")).ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "b")).isFalse();
        assertThat(knows(index, "max"))
                .as("the service's own account when others are known")
                .isFalse();
        assertThat(fake.connects).containsExactly("db1");
        assertThat(fake.open).hasValue(0);
    }

    @Test
    void shouldPassOverServersThatAreDownOrInMaintenance() throws Exception {
        servers.set("db1", ServerStatus.MAINTENANCE, "operator");
        fake.accounts("db2", users("b"));
        assertThat(knows(get(room(settings(all(false), "db1", "db2")).ready()), "b"))
                .isTrue();
        assertThat(fake.connects).containsExactly("db2");
    }

    @Test
    void shouldGoOnToNextServerWhenOneFails() throws Exception {
        fake.failConnects("db1", LOST);
        fake.accounts("db2", users("b"));
        assertThat(knows(get(room(settings(all(false), "db1", "db2")).ready()), "b"))
                .isTrue();
    }

    @Test
    void shouldTryAgainAfterLostConnectionButNotAfterRefusal() throws Exception {
        timing = new GlobalSettings.Accounts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                2,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ZERO,
                true);
        fake.accounts("db1", users("a"));
        fake.failConnects("db1", LOST, LOST);
        AccountRoom room = room(settings(all(false), "db1"));
        assertThat(knows(get(room.ready()), "a")).isTrue();
        fake.connects.clear();
        fake.failConnects("db1", DENIED, DENIED);
        assertThatThrownBy(() -> get(room.reload())).hasCause(DENIED);
        assertThat(fake.connects).containsExactly("db1");
    }

    @Test
    void shouldUniteAllServersWhenTold() throws Exception {
        fake.accounts("db1", users("a"));
        fake.accounts("db2", users("b"));
        AccountIndex index = get(room(settings(all(true), "db1", "db2")).ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "b")).isTrue();
    }

    @Test
    void shouldKeepFormerAccountsWhenLoadFails() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        fake.failConnects("db1", LOST, LOST, LOST);
        assertThatThrownBy(() -> get(room.reload())).hasCause(LOST);
        assertThat(knows(room.current(), "a")).isTrue();
        assertThat(room.fresh()).isTrue();
    }

    @Test
    void shouldUseCopyOnDiskWhenNoServerAnswers() throws Exception {
        fake.accounts("db1", users("a"));
        Service service = services.add(settings(all(false), "db1"));
        get(room(service).ready());
        fake.failConnects("db1", LOST);
        AccountRoom restarted = room(service);
        AccountIndex index = get(restarted.ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "max")).as("the service's own account").isTrue();
        assertThat(restarted.fresh()).isFalse();
    }

    @Test
    void shouldAdmitOwnAccountWhenNothingIsKnown() throws Exception {
        fake.failConnects("db1", LOST);
        AccountIndex index = get(room(settings(all(false), "db1")).ready());
        Account account = index.match("max", "localhost", null);
        assertThat(account).isNotNull();
        assertThat(account.authentication()).isEqualTo("*D821809F681A40A6E379B50D0463EFAE20BDD122");
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void shouldSurviveDamagedCopy() throws Exception {
        java.nio.file.Files.createDirectories(directory.resolve("rw"));
        java.nio.file.Files.writeString(directory.resolve("rw/accounts"), "no accounts at all");
        fake.failConnects("db1", LOST);
        assertThat(get(room(settings(all(false), "db1")).ready()).size()).isEqualTo(2);
    }

    @Test
    void shouldNeedNoServerForRouterWithoutServers() throws Exception, IOException {
        assertThat(knows(get(room(settings(all(false))).ready()), "max")).isTrue();
        assertThat(fake.connects).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissingWhenNoBundleReadsTheDialect() {
        AccountLoader loader = new AccountLoader(fake, protocol -> null, this::settings, nanos::get);
        assertThatThrownBy(() -> get(loader.load("rw", all(false), servers.all())))
                .hasMessageContaining("no installed bundle reads accounts of protocol 'MySQLBackend'");
    }

    @Test
    void shouldAdviseTheGrant() {
        assertThat(AccountReport.advice("max", DENIED)).contains("GRANT SELECT ON mysql.* TO 'max'@");
        assertThat(AccountReport.advice("max", LOST)).isEmpty();
        assertThat(AccountReport.advice("max", new BackendException("db1", new SqlError(1040, "08004", "full"))))
                .isEmpty();
        assertThat(AccountReport.advice("max", new BackendException("db1", new SqlError(1045, "28000", "no"))))
                .contains("Check user and password");
    }

    private AccountSettings withFile(String json, boolean only) throws IOException {
        Path file = Files.writeString(directory.resolve("users.json"), json);
        return new AccountSettings("max", "pw", false, false, true, true, true, true, 0, file.toString(), only);
    }

    @Test
    void shouldAddAccountsOfAFileToThoseOfTheServers() throws Exception {
        fake.accounts("db1", users("a"));
        AccountSettings settings = withFile("{\"user\": [{\"user\": \"f\", \"host\": \"%\"}]}", false);
        AccountRoom room = room(settings(settings, "db1"));
        AccountIndex index = get(room.ready());
        assertThat(knows(index, "a")).isTrue();
        assertThat(knows(index, "f")).isTrue();
        Files.writeString(directory.resolve("users.json"), "{\"user\": [{\"usr\": 1}]}");
        assertThat(knows(get(room.reload()), "f"))
                .as("what a broken file said before")
                .isTrue();
    }

    @Test
    void shouldNotReadFileWhenNoServerAnswers() throws Exception {
        fake.failConnects("db1", LOST);
        AccountSettings settings = withFile("{\"user\": [{\"user\": \"f\", \"host\": \"%\"}]}", false);
        AccountRoom room = room(settings(settings, "db1"));
        assertThat(knows(get(room.ready()), "f")).isFalse();
        assertThat(knows(room.current(), "max")).isTrue();
    }

    @Test
    void shouldAskNoServerWhenTheFileAloneCounts() throws Exception {
        fake.accounts("db1", users("a"));
        AccountSettings settings = withFile("{\"user\": [{\"user\": \"f\", \"host\": \"%\"}]}", true);
        AccountRoom room = room(settings(settings, "db1"));
        assertThat(knows(get(room.ready()), "f")).isTrue();
        assertThat(knows(room.current(), "a")).isFalse();
        assertThat(knows(room.current(), "max")).isFalse();
        assertThat(fake.connects).isEmpty();
    }

    @Test
    void shouldLetAListenerDoWithoutTheInjectedAccount() throws Exception {
        fake.failConnects("db1", LOST);
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        assertThat(room.match("max", "10.0.0.1", MatchOptions.DEFAULT)).isNotNull();
        assertThat(room.match("max", "10.0.0.1", new MatchOptions(false, true, null, false)))
                .isNull();
    }
}
