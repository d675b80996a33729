package org.penstock.router.readwritesplit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.router.CoreServices;
import org.penstock.api.value.ConfigurationException;
import org.penstock.router.readwritesplit.ReadWriteSplitSettings.LinkRules;
import org.penstock.router.readwritesplit.ReadWriteSplitSettings.PrimaryRules;
import org.penstock.router.readwritesplit.ReadWriteSplitSettings.ReadRules;
import org.penstock.router.readwritesplit.ReadWriteSplitSettings.RetryRules;
import org.penstock.router.readwritesplit.ReadWriteSplitSettings.TargetRules;
import org.penstock.testkit.ParameterTable;

class ReadWriteSplitSettingsTest {
    @Test
    void shouldHaveTheDefaultsOfTheNewestVersion() {
        assertThat(Given.settings())
                .isEqualTo(new ReadWriteSplitSettings(
                        new TargetRules(VariablePlace.ALL, false, false),
                        new ReadRules(Criterion.LEAST_CURRENT_OPERATIONS, false, ReadWriteSplitSettings.ANY_LAG, ""),
                        new PrimaryRules(FailureMode.FAIL_ON_WRITE, true),
                        new LinkRules(false, 255, new ReplicaLimit(255, false)),
                        new RetryRules(true, Duration.ZERO),
                        new CoreServices(true, 50, true, true)));
    }

    @Test
    void shouldReadAllParameters() {
        assertThat(Given.settings(
                        "use_sql_variables_in", "master",
                        "strict_multi_stmt", "true",
                        "strict_sp_calls", "on",
                        "slave_selection_criteria", "LEAST_BEHIND_MASTER",
                        "master_accept_reads", "1",
                        "max_replication_lag", "30s",
                        "weightby", "weight",
                        "master_failure_mode", "error_on_write",
                        "master_reconnection", "no",
                        "lazy_connect", "yes",
                        "slave_connections", "1",
                        "max_slave_connections", "50%",
                        "retry_failed_reads", "off",
                        "delayed_retry", "true",
                        "delayed_retry_timeout", "3",
                        "max_sescmd_history", "7",
                        "prune_sescmd_history", "false"))
                .isEqualTo(new ReadWriteSplitSettings(
                        new TargetRules(VariablePlace.MASTER, true, true),
                        new ReadRules(Criterion.LEAST_BEHIND_MASTER, true, 30, "weight"),
                        new PrimaryRules(FailureMode.ERROR_ON_WRITE, false),
                        new LinkRules(true, 1, new ReplicaLimit(50, true)),
                        new RetryRules(false, Duration.ofSeconds(3)),
                        new CoreServices(true, 7, false, true)));
    }

    @Test
    void shouldPreferRouterOptionsToParameters() {
        ReadWriteSplitSettings settings = Given.settings(
                "router_options", "slave_selection_criteria=LEAST_GLOBAL_CONNECTIONS, disable_sescmd_history=true",
                "slave_selection_criteria", "ADAPTIVE_ROUTING");
        assertThat(settings.reads().criterion()).isEqualTo(Criterion.LEAST_GLOBAL_CONNECTIONS);
        assertThat(settings.core().history()).isZero();
    }

    @Test
    void shouldKeepNoHistoryAndNoSecondPrimaryWhenHistoryIsDisabled() {
        ReadWriteSplitSettings settings = Given.settings("disable_sescmd_history", "true", "lazy_connect", "true");
        assertThat(settings.core()).isEqualTo(new CoreServices(true, 0, true, true));
        assertThat(settings.primary().mayChange()).isFalse();
        assertThat(settings.links().lazy()).isFalse();
    }

    @Test
    void shouldKeepAsMuchAsTheCoreDoesWhenHistoryIsUnlimited() {
        assertThat(Given.settings("max_sescmd_history", "0").core().history()).isEqualTo(CoreServices.MAX_HISTORY);
    }

    /** Lag that is too much, in seconds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_replication_lag       | 0s    | 9223372036854775807",
                "max_replication_lag       | 1s    | 1",
                "max_replication_lag       | 1500ms | 2",
                "max_slave_replication_lag | -1    | 9223372036854775807",
                "max_slave_replication_lag | 0     | 1",
                "max_slave_replication_lag | 10    | 11",
                "max_slave_replication_lag | 10s   | 10",
                "max_slave_replication_lag | 0s    | 9223372036854775807",
            })
    void shouldReadTheLagOfBothNames(String key, String value, long below) {
        assertThat(Given.settings(key, value).reads().lagBelow()).isEqualTo(below);
    }

    @Test
    void shouldPreferTheNewNameOfTheLag() {
        assertThat(Given.settings("max_replication_lag", "5s", "max_slave_replication_lag", "60")
                        .reads()
                        .lagBelow())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0,3,0", "255,3,255", "0%,3,0", "1%,3,1", "50%,4,2", "100%,3,3"})
    void shouldLimitReplicasByNumberOrShare(String text, int servers, int limit) {
        assertThat(ReplicaLimit.parse(text).of(servers)).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use_sql_variables_in     | some",
                "slave_selection_criteria | best",
                "master_failure_mode      | fail",
                "master_reconnection      | maybe",
                "master_accept_reads      | maybe",
                "max_replication_lag      | -1s",
                "max_slave_replication_lag | soon",
                "max_slave_connections    | 101%",
                "max_slave_connections    | -1",
                "slave_connections        | few",
                "delayed_retry_timeout    | -2s",
                "max_sescmd_history       | 100001",
                "strict_multi_stmt        | 2",
            })
    void shouldNameTheParameterThatIsWrong(String key, String value) {
        assertThatThrownBy(() -> Given.settings(key, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({"master", "=x", "slave_selection=LEAST_CURRENT_OPERATIONS"})
    void shouldRefuseOptionsThatAreNone(String options) {
        assertThatThrownBy(() -> Given.settings("router_options", options))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("router_options");
    }

    @Test
    void shouldBeDocumentedWhole() {
        assertThat(ParameterTable.inReadme(Path.of("README.md")))
                .isEqualTo(ParameterTable.declaredBy(ReadWriteSplitConfig.class));
    }
}
