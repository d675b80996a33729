package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;

class AccountFileTest {
    @TempDir
    private Path directory;

    private AccountSet read(String json) throws IOException {
        return AccountFile.read(Files.writeString(directory.resolve("users.json"), json));
    }

    @Test
    void shouldReadAccountsGrantsAndRoles() throws IOException {
        AccountSet set = read("{'user': ["
                .concat("{'user': 'test1', 'host': '%', 'global_db_priv': true},")
                .concat(
                        "{'user': 'test2', 'host': '127.0.0.1', 'password': '*032169CDF0B90AF8C00992D43D354E29A2EACB42',")
                .concat(" 'plugin': 'mysql_native_password', 'default_role': 'r1'},")
                .concat("{'user': 'test3', 'host': '%', 'password': '0321', 'default_role': 'r1'},")
                .concat(
                        "{'user': '', 'host': '%', 'plugin': 'pam', 'authentication_string': 'svc', 'proxy_priv': true},")
                .concat("{'user': 'r1', 'host': '', 'is_role': true}, {'user': 'r2', 'host': '', 'is_role': true}],")
                .concat(
                        "'db': [{'user': 'test2', 'host': '127.0.0.1', 'db': 'te_t'}, {'user': 'r2', 'host': '', 'db': 'shop'}],")
                .concat("'roles_mapping': [{'user': 'test2', 'host': '127.0.0.1', 'role': 'r1'},")
                .concat("{'user': 'r1', 'host': '', 'role': 'r2'}, {'user': 'r2', 'host': '', 'role': 'r1'}]}")
                .replace('\'', '"'));
        assertThat(set.accounts())
                .containsExactly(
                        new Account("test1", "%", "", "", true, Set.of()),
                        new Account(
                                "test2",
                                "127.0.0.1",
                                "mysql_native_password",
                                "*032169CDF0B90AF8C00992D43D354E29A2EACB42",
                                false,
                                Set.of("shop")),
                        new Account("test3", "%", "", "*0321", false, Set.of()),
                        new Account("", "%", "pam", "svc", false, Set.of()));
        assertThat(set.grants()).containsExactly(new DatabaseGrant("test2", "127.0.0.1", "te_t", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'user': [{'user': 'a', 'host': '%', 'pasword': 'x'}]} | entry 1 of 'user': unknown field 'pasword'",
                "{'user': [{'user': 'a'}]} | entry 1 of 'user': 'host' is missing",
                "{'user': [{'user': 'a', 'host': '%', 'is_role': 'Y'}]} | 'is_role': expected true or false",
                "{'user': [{'user': 'a', 'host': 1}]} | 'host': expected a string",
                "{'user': {}} | 'user': expected an array in brackets",
                "{'user': [1]} | entry 1 of 'user': expected an object in braces",
                "{'users': []} | unknown 'users', expected user, db or roles_mapping",
                "{'db': [{'user': 'a', 'host': '%'}]} | 'db' is missing for 'a'@'%'",
                "[] | expected an object in braces",
                "{'user': [} | line 1, column 11"
            })
    void shouldNameWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("users.json: ")
                .hasMessageContaining(message.strip());
    }

    @Test
    void shouldPreferAccountsOfServers() {
        Account server = new Account("a", "%", "p", "server", false, Set.of());
        Account other = new Account("b", "%", "p", "file", false, Set.of());
        AccountSet both = AccountFile.add(
                new AccountSet(List.of(server), Set.of("x")),
                new AccountSet(
                        List.of(new Account("a", "%", "p", "file", true, Set.of()), other),
                        List.of(new DatabaseGrant("a", "%", "x", false)),
                        Set.of()));
        assertThat(both.accounts()).containsExactly(server, other);
        assertThat(both.grants()).hasSize(1);
        assertThat(both.databases()).containsExactly("x");
    }
}
