package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.core.service.AccountSettings;

class AccountIndexTest {
    private static final AccountSettings SETTINGS = AccountSettings.NONE;
    private static final AccountSettings REMOTE_ONLY =
            new AccountSettings("", "", false, true, false, true, true, true, 0);
    private static final AccountSettings ESCAPED =
            new AccountSettings("", "", false, false, true, false, true, true, 0);
    private static final AccountSettings LOWER = new AccountSettings("", "", false, false, true, true, true, true, 1);

    private static Account account(String user, String host, String... databases) {
        return new Account(user, host, "", "", false, Set.of(databases));
    }

    private static AccountIndex index(AccountSettings settings, Set<String> databases, Account... accounts) {
        return AccountIndex.of(new AccountSet(Arrays.asList(accounts), databases), settings);
    }

    private static @Nullable String hostOf(AccountIndex index, String user, String address, @Nullable String name) {
        Account found = index.match(user, address, name);
        return found == null ? null : found.host();
    }

    @ParameterizedTest
    @CsvSource({
        // host of the account, client's address, its name, matches
        "%, 10.1.2.3, , true",
        "'', 10.1.2.3, , true",
        "10.1.2.3, 10.1.2.3, , true",
        "10.1.2.3, 10.1.2.30, , false",
        "10.1.2.%, 10.1.2.3, , true",
        "10.1.%, 10.1.2.3, , true",
        "10.1.2.%, 10.1.20.3, , false",
        "10.1.2._, 10.1.2.3, , true",
        "10.1.2._, 10.1.2.33, , false",
        "10.1.2.%, ::ffff:10.1.2.3, , true",
        "10.1.2.3, ::ffff:10.1.2.3, , true",
        "10.1.2.0/255.255.255.0, 10.1.2.200, , true",
        "10.1.2.0/255.255.255.0, 10.1.3.200, , false",
        "10.1.2.0/255.255.255.0, ::ffff:10.1.2.200, , true",
        "10.1.2.0/24, 10.1.2.200, , true",
        "10.1.2.128/25, 10.1.2.127, , false",
        "10.1.2.128/25, 10.1.2.128, , true",
        "10.0.0.0/8, 11.0.0.1, , false",
        "0.0.0.0/0, 11.0.0.1, , true",
        "10.1.2.3/255.255.255.0, 10.1.2.3, , false",
        "10.1.2.0/33, 10.1.2.3, , false",
        "10.1.2.0/24, fd00::1, , false",
        "2001:db8::/32, 2001:db8:1::5, , true",
        "2001:db8::/32, 2001:db9:1::5, , false",
        "2001:db8::1, 2001:DB8:0:0:0:0:0:1, , true",
        "2001:db8:0:0::1, 2001:db8::1, , true",
        "2001:db8::%, 2001:db8:0:0:0:0:0:1, , true",
        "fe80::1, fe80::1%eth0, , true",
        "localhost, localhost, , true",
        "localhost, 127.0.0.1, , true",
        "localhost, ::1, , true",
        "LOCALHOST, 127.0.0.1, , true",
        "127.0.0.1, 127.0.0.1, , true",
        "127.0.0.1, localhost, , false",
        "localhost, 10.1.2.3, , false",
        "localhost, 127.1.2.3, , false",
        "%, localhost, , true",
        "%, 127.0.0.1, , true",
        "db.example.com, 10.1.2.3, db.example.com, true",
        "DB.example.COM, 10.1.2.3, db.Example.com, true",
        "db.example.com, 10.1.2.3, , false",
        "%.example.com, 10.1.2.3, db.example.com, true",
        "%.example.com, 10.1.2.3, example.org, false",
        "db\\_1.example.com, 10.1.2.3, db_1.example.com, true",
        "db\\_1.example.com, 10.1.2.3, dbx1.example.com, false",
    })
    void shouldMatchHostAsServersDo(String host, String address, @Nullable String name, boolean expected) {
        AccountIndex index = index(SETTINGS, Set.of(), account("u", host));
        assertThat(index.match("u", address, name) != null).isEqualTo(expected);
        assertThat(index.hostAllowed(address, name)).isEqualTo(expected);
        assertThat(index.match("other", address, name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "%, localhost, false",
        "%, 127.0.0.1, false",
        "%, ::1, false",
        "127.%, 127.0.0.1, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.0/8, 127.0.0.1, true",
        "localhost, 127.0.0.1, true",
        "%, 10.1.2.3, true"
    })
    void shouldKeepWildcardsFromThisHostWhenTold(String host, String address, boolean expected) {
        AccountIndex index = index(REMOTE_ONLY, Set.of(), account("u", host));
        assertThat(index.match("u", address, null) != null).isEqualTo(expected);
    }

    @Test
    void shouldTryMostSpecificHostFirst() {
        List<Account> accounts = new ArrayList<>();
        List<String> order =
                List.of("10.1.2.3", "10.1.2.0/24", "10.1.0.0/16", "10.1.2.%", "10.1.%", "10.%", "%.3", "%");
        order.forEach(host -> accounts.add(account("u", host)));
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<Account> left = new ArrayList<>(accounts);
            for (String expected : order) {
                Collections.shuffle(left, random);
                AccountIndex index = index(SETTINGS, Set.of(), left.toArray(new Account[0]));
                assertThat(hostOf(index, "u", "10.1.2.3", null)).isEqualTo(expected);
                left.removeIf(account -> account.host().equals(expected));
            }
        }
    }

    /** Seen on MariaDB 11.4 for a client from 127.1.2.3: which of a named and an anonymous account it chooses. */
    @ParameterizedTest
    @CsvSource({
        "127._.2.3, 127.1.2._, named",
        "127.1.2._, 127._.2.3, anonymous",
        "127.1.2.%, 127.1.%.3, anonymous",
        "127.1.%.3, 127.1.2.%, named",
        "127.0.0.0/255.0.0.0, 127.1.0.0/255.255.0.0, named",
        "127.1.2.3, 127.1.2.3, named",
        "1%, %.2.%, anonymous",
        "127.%, 127.1.2.3%, anonymous",
        "%, 127.0.0.0/255.0.0.0, anonymous",
        "%, %3, anonymous",
        "%3, 1%, named"
    })
    void shouldChooseBetweenNamedAndAnonymousAsMariaDb(String named, String anonymous, String expected) {
        AccountIndex index = index(SETTINGS, Set.of(), account("u", named), account("", anonymous));
        Account found = index.match("u", "127.1.2.3", null);
        assertThat(found).isNotNull();
        assertThat(found.user().isEmpty() ? "anonymous" : "named").isEqualTo(expected);
    }

    @Test
    void shouldPreferMoreSpecificHostOfAnonymousAccount() {
        AccountIndex index = index(SETTINGS, Set.of(), account("u", "%"), account("", "localhost"));
        assertThat(index.match("u", "127.0.0.1", null)).hasToString("''@'localhost'");
        assertThat(index.match("u", "10.0.0.1", null)).hasToString("'u'@'%'");
    }

    @Test
    void shouldPreferNamedAccountOfSameHost() {
        AccountIndex index = index(SETTINGS, Set.of(), account("", "%"), account("u", "%"));
        assertThat(index.match("u", "10.0.0.1", null)).hasToString("'u'@'%'");
        assertThat(index.match("v", "10.0.0.1", null)).hasToString("''@'%'");
        assertThat(index.match("", "10.0.0.1", null)).hasToString("''@'%'");
    }

    @Test
    void shouldDistinguishCaseOfUsers() {
        assertThat(index(SETTINGS, Set.of(), account("u", "%")).match("U", "10.0.0.1", null))
                .isNull();
    }

    @Test
    void shouldLeaveOutRootUnlessEnabled() {
        assertThat(index(SETTINGS, Set.of(), account("root", "%")).match("root", "10.0.0.1", null))
                .isNull();
        assertThat(index(REMOTE_ONLY, Set.of(), account("root", "%")).match("root", "10.0.0.1", null))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "%, false",
        "10.%, false",
        "10.0.0.1, false",
        "localhost, false",
        "fd00::%, false",
        "db.example.com, true",
        "%.example.com, true"
    })
    void shouldKnowWhetherNameIsNeeded(String host, boolean expected) {
        assertThat(index(SETTINGS, Set.of(), account("u", host)).needsName("u")).isEqualTo(expected);
        assertThat(index(SETTINGS, Set.of(), account("", host)).needsName("u")).isEqualTo(expected);
        assertThat(index(SETTINGS, Set.of(), account("v", host)).needsName("u")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // grants of the account | database asked for | answer
                "shop | shop | ",
                "shop | other | ERROR 1044 (42000): Access denied for user 'u'@'%' to database 'other'",
                "shop | nowhere | ERROR 1044 (42000): Access denied for user 'u'@'%' to database 'nowhere'",
                "nowhere | nowhere | ERROR 1049 (42000): Unknown database 'nowhere'",
                "% | shop | ",
                "% | nowhere | ERROR 1049 (42000): Unknown database 'nowhere'",
                "sh\\_p | sh_p | ",
                "sh_p | shop | ",
                "s% | shop | ",
                "shop | SHOP | ERROR 1044 (42000): Access denied for user 'u'@'%' to database 'SHOP'",
                "shop | information_schema | ",
                "shop | INFORMATION_SCHEMA | ",
            })
    void shouldCheckGrantBeforeDatabase(String grant, String database, @Nullable String expected) {
        Account account = account("u", "%", grant);
        AccountIndex index = index(SETTINGS, Set.of("shop", "sh_p", "other"), account);
        Account found = index.match("u", "10.0.0.1", null);
        assertThat(found).isNotNull();
        assertThat(index.databaseCheck(found, database, "10.0.0.1", null))
                .satisfies(error ->
                        assertThat(error == null ? null : error.toString()).isEqualTo(expected));
    }

    @Test
    void shouldAdmitEveryDatabaseWithGlobalPrivilege() {
        AccountIndex index = index(SETTINGS, Set.of("shop"), new Account("u", "%", "", "", true, Set.of()));
        Account account = index.match("u", "10.0.0.1", null);
        assertThat(account).isNotNull();
        assertThat(index.databaseCheck(account, "shop", "10.0.0.1", null)).isNull();
        assertThat(index.databaseCheck(account, "nowhere", "10.0.0.1", null))
                .extracting("code")
                .isEqualTo(1049);
    }

    @ParameterizedTest
    @CsvSource({
        // grant: user, host, database, exact | client's address, database asked for, admitted
        "u, %, shop, false, 10.0.0.1, shop, true",
        "u, 10.%, shop, false, 10.0.0.1, shop, true",
        "u, 11.%, shop, false, 10.0.0.1, shop, false",
        "u, localhost, shop, false, 127.0.0.1, shop, true",
        "v, %, shop, false, 10.0.0.1, shop, false",
        "'', %, shop, false, 10.0.0.1, shop, true",
        "u, %, sh_p, false, 10.0.0.1, shop, true",
        "u, %, sh\\_p, false, 10.0.0.1, shop, false",
        "u, %, sh\\_p, false, 10.0.0.1, sh_p, true",
        "u, %, sh_p, true, 10.0.0.1, shop, false",
        "u, %, sh_p, true, 10.0.0.1, sh_p, true",
    })
    void shouldLookForGrantsWithTheClientsHost(
            String user,
            String host,
            String granted,
            boolean exact,
            String address,
            String database,
            boolean admitted) {
        AccountIndex index = AccountIndex.of(
                new AccountSet(
                        List.of(account("u", "%")), List.of(new DatabaseGrant(user, host, granted, exact)), Set.of()),
                ESCAPED);
        Account found = index.match("u", address, null);
        assertThat(found).isNotNull();
        assertThat(index.databaseCheck(found, database, address, null) == null).isEqualTo(admitted);
    }

    @Test
    void shouldLeaveUnknownDatabaseToServerWhenDatabasesAreNotKnown() {
        AccountIndex index = index(SETTINGS, Set.of(), account("u", "%", "shop"));
        Account account = index.match("u", "10.0.0.1", null);
        assertThat(account).isNotNull();
        assertThat(index.databaseCheck(account, "shop", "10.0.0.1", null)).isNull();
    }

    @Test
    void shouldKeepEscapesWhenTold() {
        AccountIndex index = index(ESCAPED, Set.of("sh_p", "shop"), account("u", "%", "sh\\_p"));
        Account account = index.match("u", "10.0.0.1", null);
        assertThat(account).isNotNull();
        assertThat(index.databaseCheck(account, "sh_p", "10.0.0.1", null)).isNull();
        assertThat(index.databaseCheck(account, "shop", "10.0.0.1", null))
                .extracting("code")
                .isEqualTo(1044);
    }

    @Test
    void shouldIgnoreCaseOfDatabasesWhenServersDo() {
        AccountIndex index = index(LOWER, Set.of("Shop"), account("u", "%", "SHOP"));
        Account account = index.match("u", "10.0.0.1", null);
        assertThat(account).isNotNull();
        assertThat(index.databaseCheck(account, "sHop", "10.0.0.1", null)).isNull();
    }

    @Test
    void shouldUniteAccountsOfSeveralServers() {
        AccountSet union = AccountIndex.union(List.of(
                new AccountSet(List.of(account("u", "%", "a"), account("v", "%")), Set.of("a")),
                new AccountSet(List.of(account("u", "%", "b"), account("w", "%")), Set.of("b"))));
        assertThat(union.databases()).containsExactlyInAnyOrder("a", "b");
        assertThat(union.accounts()).extracting(Account::user).containsExactly("u", "v", "w");
        assertThat(union.accounts().get(0).databases()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void shouldSpeakAsMariaDb() {
        assertThat(LoginErrors.accessDenied("u", "10.0.0.1", true))
                .hasToString("ERROR 1045 (28000): Access denied for user 'u'@'10.0.0.1' (using password: YES)");
        assertThat(LoginErrors.accessDenied("u", "localhost", false))
                .hasToString("ERROR 1045 (28000): Access denied for user 'u'@'localhost' (using password: NO)");
        assertThat(LoginErrors.accessDenied("u", "::ffff:10.0.0.1", false).message())
                .contains("'u'@'10.0.0.1'");
        assertThat(LoginErrors.hostNotAllowed("2001:db8:0:0:0:0:0:1"))
                .hasToString("ERROR 1130 (HY000): Host '2001:db8::1' is not allowed to connect to this MariaDB server");
        assertThat(LoginErrors.tooManyConnections()).hasToString("ERROR 1040 (08004): Too many connections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1::2", "::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:0:2::3", "fe80::a:0:0:1"})
    void shouldPrintShortestAddress(String address) {
        String expected = address.equals("fe80::a:0:0:1") ? "fe80::a:0:0:1" : address;
        assertThat(ClientAddress.of(address, null).text()).isEqualTo(expected);
    }

    @Test
    void shouldNeverTakeLongOverPatterns() {
        String pattern = "%a".repeat(60) + "b";
        assertThat(WildPattern.matches(pattern, "a".repeat(60))).isFalse();
        assertThat(WildPattern.matches(pattern, "a".repeat(80) + "b")).isTrue();
    }
}
