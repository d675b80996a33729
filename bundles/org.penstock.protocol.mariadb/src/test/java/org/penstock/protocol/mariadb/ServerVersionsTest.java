package org.penstock.protocol.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.penstock.api.account.Account;
import org.penstock.api.account.Account.Method;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.account.AccountSet;

/** Grant tables in the shape that each line of MariaDB and MySQL gives them. */
class ServerVersionsTest {
    private static final String HASH = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";
    private static final String NATIVE = "mysql_native_password";
    private static final String SHA2 = "caching_sha2_password";

    private static Map<String, Account> load(ScriptedConnection server) {
        AccountSet set =
                new MariaDbAccountSource().load(server).toCompletableFuture().join();
        return set.accounts().stream().collect(Collectors.toMap(Account::user, Function.identity()));
    }

    @Test
    void shouldReadMariaDb102() {
        Map<String, Account> accounts = load(new ScriptedConnection()
                .version("10.2.44-MariaDB-log")
                .bars(
                        AccountQueries.USERS,
                        "Host|User|Password|Select_priv|Show_db_priv|ssl_type|plugin|authentication_string|password_expired|is_role|default_role",
                        "%|app|" + HASH + "|N|N||||N|N|reader",
                        "%|old||N|N||" + NATIVE + "|" + HASH + "|N|N|",
                        "%|tls|" + HASH + "|N|N|X509|||Y|N|",
                        "|reader||Y|N||||N|Y|")
                .answer(AccountQueries.of("10.2.44-MariaDB").roleEdges(), "Host,User,Role,role_host", "%,app,reader,"));
        assertThat(accounts).containsOnlyKeys("app", "old", "tls");
        assertThat(accounts.get("app")).isEqualTo(new Account("app", "%", "", HASH, true, Set.of()));
        assertThat(accounts.get("old").authentication()).isEqualTo(HASH);
        assertThat(accounts.get("tls").restrictions())
                .containsExactlyInAnyOrder(Restriction.TLS, Restriction.CERTIFICATE);
    }

    private static ScriptedConnection mariaDb(String version, String policy, String... rows) {
        AccountQueries queries = AccountQueries.of(version);
        return new ScriptedConnection()
                .version(version)
                .bars(queries.policy(), "turns_away|lifetime|now", policy)
                .bars(queries.globalPrivileges(), "Host|User|Priv", rows)
                .answer(queries.roleEdges(), "Host,User,Role,role_host", "%,roled,outer,", ",outer,inner,");
    }

    @Test
    void shouldReadMariaDbFrom104() {
        for (String version :
                List.of("10.4.34-MariaDB", "5.5.5-10.11.6-MariaDB-1", "11.4.5-MariaDB", "12.0.2-MariaDB")) {
            Map<String, Account> accounts = load(mariaDb(
                    version,
                    "0|0|1795000000",
                    "localhost|root|{\"access\":18446744073709551615}",
                    "%|app|{\"access\":0,\"plugin\":\"" + NATIVE + "\",\"authentication_string\":\"" + HASH
                            + "\",\"password_last_changed\":1700000000,\"password_lifetime\":-1}",
                    "%|either|{\"access\":0,\"plugin\":\"" + NATIVE + "\",\"authentication_string\":\"" + HASH
                            + "\",\"auth_or\":[{\"plugin\":\"unix_socket\"},{},{\"plugin\":\"ed25519\",\"authentication_string\":\"Zm9v\"}]}",
                    "%|away|{\"access\":0,\"account_locked\":true,\"ssl_type\":1}",
                    "%|roled|{\"access\":0,\"default_role\":\"outer\"}",
                    "%|creator|{\"access\":549755813888}",
                    "%|nothing|{\"access\":1572864}",
                    "%|broken|{\"access\":",
                    "|outer|{\"access\":0,\"is_role\":true}",
                    "|inner|{\"access\":1,\"is_role\":true}"));
            assertThat(accounts).containsOnlyKeys("root", "app", "either", "away", "roled", "creator", "nothing");
            assertThat(accounts.get("root").anyDatabase()).isTrue();
            assertThat(accounts.get("app")).isEqualTo(new Account("app", "%", NATIVE, HASH, false, Set.of()));
            assertThat(accounts.get("either").methods())
                    .containsExactly(
                            new Method("unix_socket", ""), new Method(NATIVE, HASH), new Method("ed25519", "Zm9v"));
            assertThat(accounts.get("away").restrictions())
                    .containsExactlyInAnyOrder(Restriction.LOCKED, Restriction.TLS);
            assertThat(accounts.get("roled").anyDatabase()).isTrue();
            assertThat(accounts.get("creator").anyDatabase()).isTrue();
            assertThat(accounts.get("nothing").anyDatabase()).isFalse();
        }
    }

    @Test
    void shouldCountThePasswordsAgeAsTheServersSettingSays() {
        String old = "{\"access\":0,\"password_last_changed\":1000}";
        String[] rows = {
            "%|made|{\"access\":0,\"password_last_changed\":0}",
            "%|old|" + old,
            "%|never|{\"access\":0,\"password_last_changed\":1000,\"password_lifetime\":0}",
            "%|own|{\"access\":0,\"password_last_changed\":1000,\"password_lifetime\":2}"
        };
        long day = 86_400;
        assertThat(with(Restriction.TURNED_AWAY, mariaDb("11.4.5-MariaDB", "0|1|" + (1000 + 3 * day), rows)))
                .isEmpty();
        assertThat(expired(mariaDb("11.4.5-MariaDB", "0|1|" + (1000 + 3 * day), rows)))
                .containsOnly("made", "old", "own");
        assertThat(expired(mariaDb("11.4.5-MariaDB", "1|0|" + (1000 + 2 * day), rows)))
                .containsOnly("made");
        assertThat(expired(mariaDb("11.4.5-MariaDB", "1|1|" + (1001 + day), rows)))
                .containsOnly("made", "old");
        assertThat(expired(mariaDb("11.4.5-MariaDB", "ON|0|" + (1001 + 2 * day), rows)))
                .containsOnly("made", "own");
    }

    private static Set<String> expired(ScriptedConnection server) {
        return with(Restriction.EXPIRED, server);
    }

    private static Set<String> with(Restriction restriction, ScriptedConnection server) {
        return load(server).values().stream()
                .filter(account -> account.restrictions().contains(restriction))
                .map(Account::user)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldReadWhatAccountsDemandOfTls() {
        Map<String, Account> accounts = load(
                mariaDb(
                        "11.4.5-MariaDB",
                        "0|0|1795000000",
                        "%|any|{\"access\":0,\"ssl_type\":1,\"x509_subject\":\"left over\"}",
                        "%|shown|{\"access\":0,\"ssl_type\":2}",
                        "%|named|{\"access\":0,\"ssl_type\":3,\"ssl_cipher\":\"c\",\"x509_issuer\":\"/CN=i\",\"x509_subject\":\"/CN=s\"}"));
        assertThat(accounts.get("any").restrictions()).containsExactly(Restriction.TLS);
        assertThat(accounts.get("any").tls()).isEqualTo(Account.TlsDemand.NONE);
        assertThat(accounts.get("shown").restrictions())
                .containsExactlyInAnyOrder(Restriction.TLS, Restriction.CERTIFICATE);
        assertThat(accounts.get("named").restrictions()).containsExactly(Restriction.TLS);
        assertThat(accounts.get("named").tls()).isEqualTo(new Account.TlsDemand("c", "/CN=i", "/CN=s"));
        Map<String, Account> old = load(new ScriptedConnection()
                .version("5.7.44-log")
                .bars(AccountQueries.of("5.7.44").policy(), "turns_away|lifetime|now", "1|0|1795000000")
                .bars(
                        AccountQueries.USERS,
                        "Host|User|Select_priv|ssl_type|ssl_cipher|x509_issuer|x509_subject|plugin|authentication_string",
                        "%|shown|N|X509||||" + NATIVE + "|" + HASH,
                        "%|named|N|SPECIFIED|c|/CN=i|/CN=s|" + NATIVE + "|" + HASH));
        assertThat(old.get("shown").restrictions()).contains(Restriction.CERTIFICATE);
        assertThat(old.get("named").tls()).isEqualTo(new Account.TlsDemand("c", "/CN=i", "/CN=s"));
    }

    @Test
    void shouldReadMysql57() {
        Map<String, Account> accounts = load(new ScriptedConnection()
                .version("5.7.44-log")
                .bars(AccountQueries.of("5.7.44").policy(), "turns_away|lifetime|now", "1|0|1795000000")
                .bars(
                        AccountQueries.USERS,
                        "Host|User|Select_priv|Grant_priv|ssl_type|plugin|authentication_string|password_expired|account_locked",
                        "%|app|N|N||" + NATIVE + "|" + HASH + "|N|N",
                        "%|gone|N|N|ANY|sha256_password|$5$x|Y|Y",
                        "%|granter|N|Y||" + NATIVE + "||N|N"));
        assertThat(accounts.get("app").restrictions()).isEmpty();
        assertThat(accounts.get("gone").restrictions())
                .containsExactlyInAnyOrder(
                        Restriction.LOCKED, Restriction.EXPIRED, Restriction.TURNED_AWAY, Restriction.TLS);
        assertThat(accounts.get("granter").anyDatabase()).isTrue();
    }

    private static ScriptedConnection mysql8(String allRoles, String mandatory) {
        AccountQueries queries = AccountQueries.of("8.0.36");
        return new ScriptedConnection()
                .version("8.0.36")
                .bars(
                        queries.policy(),
                        "turns_away|lifetime|now|all_roles|mandatory",
                        "1|0|1795000000|" + allRoles + "|" + mandatory)
                .bars(
                        AccountQueries.USERS,
                        "Host|User|Select_priv|plugin|authentication_string|account_locked|User_attributes",
                        "%|app|N|" + SHA2 + "|$A$005$new|N|{\"additional_password\": \"$A$005$old\"}",
                        "%|plain|N|" + SHA2 + "|$A$005$x|N|",
                        "%|r1|Y|" + SHA2 + "||Y|",
                        "%|r2|Y|" + SHA2 + "||Y|")
                .answer(queries.roleEdges(), "host,user,role,role_host", "%,app,r1,%")
                .answer(queries.defaultRoles(), "host,user,role,role_host");
    }

    @Test
    void shouldReadMysql8WithTwoPasswordsAndRoles() {
        Map<String, Account> accounts = load(mysql8("0", ""));
        assertThat(accounts.get("app").methods())
                .containsExactly(new Method(SHA2, "$A$005$new"), new Method(SHA2, "$A$005$old"));
        assertThat(accounts.get("app").anyDatabase())
                .as("a role that is not active")
                .isFalse();
        assertThat(load(mysql8("1", "")).get("app").anyDatabase()).isTrue();
        assertThat(load(mysql8("1", "")).get("plain").anyDatabase()).isFalse();
        assertThat(load(mysql8("1", "`r2`@`%`,nobody")).get("plain").anyDatabase())
                .isTrue();
        assertThat(load(mysql8("0", "r2")).get("plain").anyDatabase()).isFalse();
    }
}
