package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.core.service.AccountSettings;

class MatchOptionsTest {
    @Test
    void shouldBeAsTheServiceSaysWithoutOptions() {
        assertThat(MatchOptions.of(Map.of("principal_name", "x"))).isEqualTo(MatchOptions.DEFAULT);
        assertThat(MatchOptions.of(Map.of("skip_authentication", "true", "match_host", "false")))
                .isEqualTo(new MatchOptions(true, false, null, null));
        assertThat(MatchOptions.of(Map.of("lower_case_table_names", "true", "inject_service_user", "off")))
                .isEqualTo(new MatchOptions(false, true, 1, false));
    }

    @ParameterizedTest
    @CsvSource({"match_host, maybe", "lower_case_table_names, 3", "skip_authentication, 2x", "inject_service_user, x"})
    void shouldNameTheKeyOfABadValue(String key, String value) {
        assertThatThrownBy(() -> MatchOptions.of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("authenticator_options: " + key);
    }

    @ParameterizedTest
    @CsvSource({
        // the service's setting, the listener's, database asked for, admitted
        "0, , Shop, false",
        "0, , shop, true",
        "1, , sHOP, true",
        "2, , SHOP, true",
        "0, 1, SHOP, true",
        "1, 0, SHOP, false",
        "0, 2, shop, true"
    })
    void shouldLetTheListenerSayHowDatabasesAreCompared(
            int service, @Nullable Integer listener, String database, boolean admitted) {
        AccountSettings settings = new AccountSettings("", "", false, false, true, true, true, true, service);
        Account account = new Account("u", "%", "", "", false, Set.of());
        AccountIndex index = AccountIndex.of(
                new AccountSet(List.of(account), List.of(new DatabaseGrant("u", "%", "sh%", false)), Set.of("shop")),
                settings);
        assertThat(index.databaseCheck(
                                account,
                                database,
                                ClientAddress.of("10.0.0.1", null),
                                new MatchOptions(false, true, listener, null))
                        == null)
                .isEqualTo(admitted);
    }

    @Test
    void shouldNotCompareHostsWhenTold() {
        Account account = new Account("u", "192.168.0.1", "", "", false, Set.of());
        AccountIndex index = AccountIndex.of(
                new AccountSet(
                        List.of(account),
                        List.of(new DatabaseGrant("u", "192.168.0.1", "shop", false)),
                        Set.of("shop")),
                AccountSettings.NONE);
        ClientAddress elsewhere = ClientAddress.of("10.0.0.1", null);
        assertThat(index.match("u", "10.0.0.1", null)).isNull();
        assertThat(index.matchAnyHost("u")).isEqualTo(account);
        assertThat(index.matchAnyHost("v")).isNull();
        assertThat(index.databaseCheck(account, "shop", elsewhere, MatchOptions.DEFAULT))
                .isNotNull();
        assertThat(index.databaseCheck(account, "shop", elsewhere, new MatchOptions(false, false, null, null)))
                .isNull();
    }
}
