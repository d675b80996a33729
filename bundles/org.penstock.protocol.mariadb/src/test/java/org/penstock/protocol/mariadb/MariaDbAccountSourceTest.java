package org.penstock.protocol.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.account.Account;
import org.penstock.api.account.Account.Method;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.api.error.BackendException;

class MariaDbAccountSourceTest {
    private static final String MARIADB_USER =
            "Host,User,Password,Select_priv,Show_db_priv,plugin,authentication_string,is_role,default_role";
    private static final String HASH = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";
    private static final String ROLES = "SELECT Host, User, Role, '' AS role_host FROM mysql.roles_mapping";

    @Test
    void shouldReadAccountsOfMariaDb() {
        ScriptedConnection server = mariadb(
                        "%,maxuser," + HASH + ",N,Y,mysql_native_password," + HASH + ",N,",
                        "%,admin,,Y,N,mysql_native_password,,N,",
                        "localhost,app,,N,N,ed25519,xyz,N,",
                        "127.0.0.1,,,N,N,,,N,")
                .answer(AccountQueries.DATABASE_GRANTS, "Host,User,Db", "localhost,app,shop\\_%", "localhost,app,test")
                .answer(AccountQueries.TABLE_GRANTS, "Host,User,Db", "localhost,app,one_db")
                .answer(AccountQueries.COLUMN_GRANTS, "Host,User,Db", "localhost,app,two")
                .answer(AccountQueries.ROUTINE_GRANTS, "Host,User,Db", "localhost,app,three");
        AccountSet set = load(server);
        assertThat(set.accounts())
                .containsExactly(
                        new Account("maxuser", "%", "mysql_native_password", HASH, false, Set.of()),
                        new Account("admin", "%", "mysql_native_password", "", true, Set.of()),
                        new Account("app", "localhost", "ed25519", "xyz", false, Set.of()),
                        new Account("", "127.0.0.1", "", "", false, Set.of()));
        assertThat(set.grants())
                .containsExactly(
                        new DatabaseGrant("app", "localhost", "shop\\_%", false),
                        new DatabaseGrant("app", "localhost", "test", false),
                        new DatabaseGrant("app", "localhost", "one_db", true),
                        new DatabaseGrant("app", "localhost", "two", true),
                        new DatabaseGrant("app", "localhost", "three", true));
        assertThat(set.databases()).containsExactlyInAnyOrder("mysql", "shop");
    }

    @Test
    void shouldCountGrantsOfDefaultRoleAndWhatItContains() {
        ScriptedConnection server = mariadb(
                        "%,app,,N,N,,,N,outer",
                        "%,boss,,N,N,,,N,all",
                        "%,other,,N,N,,,N,",
                        ",outer,,N,N,,,Y,",
                        ",inner,,N,N,,,Y,",
                        ",all,,Y,N,,,Y,")
                .answer(
                        ROLES,
                        "Host,User,Role,role_host",
                        "%,app,outer,",
                        ",outer,inner,",
                        ",inner,outer,",
                        "%,app,outer,",
                        "%,boss,all,",
                        "%,other,outer,")
                .answer(AccountQueries.DATABASE_GRANTS, "Host,User,Db", ",outer,a", ",inner,b", "%,app,c")
                .answer(AccountQueries.TABLE_GRANTS, "Host,User,Db", ",inner,d_e");
        AccountSet set = load(server);
        List<Account> accounts = set.accounts();
        assertThat(accounts).extracting(Account::user).containsExactly("app", "boss", "other");
        assertThat(accounts.get(0).databases()).containsExactlyInAnyOrder("a", "b", "d\\_e");
        assertThat(set.grants()).containsExactly(new DatabaseGrant("app", "%", "c", false));
        assertThat(accounts.get(1).anyDatabase()).isTrue();
        assertThat(accounts.get(2).databases()).isEmpty();
    }

    @Test
    void shouldCountGrantsToPublicForEverybody() {
        ScriptedConnection server = mariadb("%,app,,N,N,,,N,", ",PUBLIC,,N,N,,,Y,")
                .answer(AccountQueries.DATABASE_GRANTS, "Host,User,Db", ",PUBLIC,common");
        assertThat(load(server).accounts()).singleElement().satisfies(account -> assertThat(account.databases())
                .containsExactly("common"));
    }

    @Test
    void shouldNotCountDefaultRoleThatWasRevoked() {
        ScriptedConnection server = mariadb("%,app,,N,N,,,N,gone", ",gone,,Y,N,,,Y,");
        assertThat(load(server).accounts()).singleElement().satisfies(account -> assertThat(account.anyDatabase())
                .isFalse());
        ScriptedConnection unknown =
                mariadb("%,app,,N,N,,,N,gone", ",gone,,Y,N,,,Y,").refuse(ROLES, 1142);
        assertThat(load(unknown).accounts()).singleElement().satisfies(account -> assertThat(account.anyDatabase())
                .isTrue());
    }

    @Test
    void shouldFollowRolesInAnyDepth() {
        String[] edges = new String[5000];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i == 0 ? "%,app,r1," : ",r" + i + ",r" + (i + 1) + ",";
        }
        ScriptedConnection server =
                mariadb("%,app,,N,N,,,N,r1", ",r5000,,Y,N,,,Y,").answer(ROLES, "Host,User,Role,role_host", edges);
        assertThat(load(server).accounts()).singleElement().satisfies(account -> assertThat(account.anyDatabase())
                .isTrue());
    }

    @Test
    void shouldReadAccountsOfMysql() {
        ScriptedConnection server = new ScriptedConnection()
                .version("8.0.36")
                .answer(
                        AccountQueries.USERS,
                        "Host,User,Select_priv,Show_db_priv,plugin,authentication_string,account_locked",
                        "%,app,N,N,caching_sha2_password,$A$005$x,N",
                        "%,role,Y,N,caching_sha2_password,,Y")
                .answer(AccountQueries.of("8.0.36").roleEdges(), "host,user,role,role_host", "%,app,role,%")
                .answer(AccountQueries.of("8.0.36").defaultRoles(), "host,user,role,role_host", "%,app,role,%");
        assertThat(load(server).accounts())
                .containsExactly(
                        new Account("app", "%", "caching_sha2_password", "$A$005$x", true, Set.of()),
                        new Account(
                                "role",
                                "%",
                                List.of(new Method("caching_sha2_password", "")),
                                Set.of(Restriction.LOCKED),
                                true,
                                Set.of()));
    }

    @Test
    void shouldReadPasswordColumnOfOldServers() {
        ScriptedConnection server = new ScriptedConnection()
                .version("5.5.62-log")
                .answer(AccountQueries.USERS, "Host,User,Password,Select_priv", "%,app," + HASH + ",N", "%,no,\\N,N");
        assertThat(load(server).accounts()).extracting(Account::authentication).containsExactly(HASH, "");
    }

    @Test
    void shouldNotKnowDatabasesWhenReaderDoesNotSeeAll() {
        AccountSet blind = load(mariadb("%,maxuser,,N,N,,,N,"));
        assertThat(blind.databases()).isEmpty();
        assertThat(blind.missing()).containsExactly("GRANT SHOW DATABASES ON *.* TO 'maxuser'@'%'");
        ScriptedConnection refused = mariadb("%,maxuser,,N,Y,,,N,").refuse(AccountQueries.DATABASES, 1227);
        assertThat(load(refused).databases()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM mysql.user | 1142 | SELECT ON mysql.user",
                "SELECT Host, User, Db FROM mysql.db | 1142 | SELECT ON mysql.db",
                "SELECT DISTINCT Host, User, Db FROM mysql.tables_priv | 1044 | SELECT ON mysql.tables_priv",
            })
    void shouldNameTheGrantThatIsMissing(String sql, int code, String grant) {
        assertThatThrownBy(() -> load(mariadb("%,app,,N,N,,,N,").refuse(sql, code)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(BackendException.class, e -> {
                    assertThat(e.server()).isEqualTo("server1");
                    assertThat(e.error().code()).isEqualTo(code);
                    assertThat(e).hasMessageEndingWith("GRANT " + grant + " TO 'maxuser'@'%'");
                });
    }

    @Test
    void shouldDoWithoutWhatIsRefusedAndNameTheGrants() {
        ScriptedConnection server = mariadb("%,app,,N,N,,,N,")
                .refuse(AccountQueries.of("11.4.5-MariaDB").globalPrivileges(), 1142)
                .refuse(AccountQueries.COLUMN_GRANTS, 1142)
                .refuse(AccountQueries.ROUTINE_GRANTS, 1142)
                .refuse(ROLES, 1142);
        AccountSet set = load(server);
        assertThat(set.accounts()).hasSize(1);
        assertThat(set.missing())
                .containsExactlyInAnyOrder(
                        "GRANT SELECT ON mysql.global_priv TO 'maxuser'@'%'",
                        "GRANT SELECT ON mysql.columns_priv TO 'maxuser'@'%'",
                        "GRANT SELECT ON mysql.procs_priv TO 'maxuser'@'%'",
                        "GRANT SELECT ON mysql.roles_mapping TO 'maxuser'@'%'",
                        "GRANT SHOW DATABASES ON *.* TO 'maxuser'@'%'");
    }

    @Test
    void shouldMissNothingInTablesThatAVersionDoesNotHave() {
        ScriptedConnection server = new ScriptedConnection()
                .version("5.5.68-MariaDB")
                .answer(AccountQueries.USERS, "Host,User,Password,Select_priv", "%,maxuser," + HASH + ",Y");
        AccountSet set = load(server);
        assertThat(set.missing()).isEmpty();
        assertThat(set.databases()).hasSize(2);
    }

    @Test
    void shouldFailWhenConnectionIsLost() {
        ScriptedConnection server = mariadb("%,app,,N,N,,,N,").refuse(AccountQueries.COLUMN_GRANTS, 2013);
        assertThatThrownBy(() -> load(server)).cause().hasMessageContaining("2013");
    }

    @ParameterizedTest
    @CsvSource({
        "11.4.5-MariaDB, roles_mapping",
        "5.5.5-10.11.4-MariaDB-log, roles_mapping",
        "8.0.36, role_edges",
        "9.1.0, role_edges",
        "5.7.44, ''",
        "5.5.68-MariaDB, ''",
        "'', ''",
    })
    void shouldAskForRolesByVersion(String version, String table) {
        assertThat(AccountQueries.of(version).roleEdges()).contains(table);
        assertThat(AccountQueries.of(version).roleEdges().isEmpty()).isEqualTo(table.isEmpty());
    }

    private static ScriptedConnection mariadb(String... users) {
        return new ScriptedConnection()
                .version("11.4.5-MariaDB")
                .answer(AccountQueries.USERS, MARIADB_USER, users)
                .answer(ROLES, "Host,User,Role,role_host");
    }

    private static AccountSet load(ScriptedConnection connection) {
        return new MariaDbAccountSource().load(connection).toCompletableFuture().join();
    }
}
