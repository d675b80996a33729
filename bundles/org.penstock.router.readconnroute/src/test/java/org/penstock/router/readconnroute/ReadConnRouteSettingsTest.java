package org.penstock.router.readconnroute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.SLAVE;

import java.lang.annotation.Annotation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.value.ConfigurationException;

class ReadConnRouteSettingsTest {
    @Test
    void shouldReadAllParameters() {
        ReadConnRouteSettings settings = settings("Master, slave", " weight ", "off", "30");
        assertThat(settings)
                .isEqualTo(new ReadConnRouteSettings(
                        ServerStatus.mask(MASTER, SLAVE), "weight", false, Duration.ofSeconds(30)));
        assertThat(settings.rolesText()).isEqualTo("master,slave");
        assertThat(settings.masterOnly()).isFalse();
    }

    @Test
    void shouldWantRunningServersWhenNoRoleIsGiven() {
        assertThat(settings("", "", "true", "0s").roles()).isEqualTo(RUNNING.bit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "masters | true | 0s | router_options",
                "master  | maybe | 0s | master_accept_reads",
                "master  | true | soon | max_replication_lag",
                "master  | true | -1s | max_replication_lag",
            })
    void shouldNameTheParameterThatIsWrong(String options, String accept, String lag, String key) {
        assertThatThrownBy(() -> settings(options, "", accept, lag))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + ": expected");
    }

    private static ReadConnRouteSettings settings(String options, String weight, String accept, String lag) {
        return ReadConnRouteSettings.of(new ReadConnRouteConfig() {
            @Override
            public String router__options() {
                return options;
            }

            @Override
            public String weightby() {
                return weight;
            }

            @Override
            public String master__accept__reads() {
                return accept;
            }

            @Override
            public String max__replication__lag() {
                return lag;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return ReadConnRouteConfig.class;
            }
        });
    }
}
