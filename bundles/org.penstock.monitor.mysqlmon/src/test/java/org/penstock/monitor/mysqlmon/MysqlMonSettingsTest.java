package org.penstock.monitor.mysqlmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.value.ConfigurationException;

class MysqlMonSettingsTest {
    @Test
    void shouldHaveDefaults() {
        MysqlMonSettings settings = settings(Map.of());
        assertThat(settings.schedule().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.schedule().connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.schedule().readTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.schedule().events()).isEmpty();
        assertThat(settings.rules()).isEqualTo(Cluster.DEFAULTS);
        assertThat(settings.attempts()).isEqualTo(1);
        assertThat(settings.detectReplicationLag()).isFalse();
        assertThat(settings.mysql51Replication()).isFalse();
    }

    @Test
    void shouldTakeBareNumbersInTheUnitsOf21() {
        MysqlMonSettings settings = settings(Map.of(
                "monitor__interval", "1000",
                "backend__connect__timeout", "5",
                "backend__read__timeout", "1",
                "backend__write__timeout", "2s",
                "servers", "a, b",
                "events", "Master_Down, new_master",
                "script", "\"/bin/run $EVENT\"",
                "password", "old"));
        assertThat(settings.schedule().interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.schedule().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.schedule().readTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.schedule().servers()).containsExactly("a", "b");
        assertThat(settings.schedule().events()).containsExactly("master_down", "new_master");
        assertThat(settings.schedule().script()).isEqualTo("/bin/run $EVENT");
        assertThat(settings.schedule().password()).isEqualTo("old");
    }

    @ParameterizedTest
    @CsvSource({
        "user, ' ', user",
        "monitor__interval, 99, monitor_interval",
        "monitor__interval, soon, monitor_interval",
        "backend__connect__timeout, 0, backend_connect_timeout",
        "backend__read__timeout, 500ms, backend_read_timeout",
        "backend__connect__attempts, 0, backend_connect_attempts",
        "failcount, 0, failcount",
        "multimaster, perhaps, multimaster",
        "events, master_gone, events",
    })
    void shouldNameTheParameterThatIsWrong(String method, String value, String key) {
        assertThatThrownBy(() -> settings(Map.of(method, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("[" + MysqlMonConfig.PID + "] " + key + ": expected");
    }

    /** The annotation with its defaults, some of them replaced. */
    private static MysqlMonSettings settings(Map<String, String> values) {
        MysqlMonConfig config = (MysqlMonConfig) Proxy.newProxyInstance(
                MysqlMonConfig.class.getClassLoader(), new Class<?>[] {MysqlMonConfig.class}, (proxy, method, args) -> {
                    String fallback = method.getName().equals("user") ? "maxuser" : (String) method.getDefaultValue();
                    return values.getOrDefault(method.getName(), fallback);
                });
        return MysqlMonSettings.of(config);
    }
}
