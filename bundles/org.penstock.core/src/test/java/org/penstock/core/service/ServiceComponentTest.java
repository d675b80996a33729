package org.penstock.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.api.admin.AdminException;
import org.penstock.core.global.Section;

class ServiceComponentTest {
    private final Services services = new Services();

    private static ServiceConfig section(Object... keysAndValues) {
        Map<String, Object> section = new HashMap<>(Map.of("name", "rw", "router", "readwritesplit"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            section.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Section.of(ServiceConfig.class, section);
    }

    @Test
    void shouldPutServiceIntoRegistryAndChangeItInPlace() {
        List<String> events = new ArrayList<>();
        ServiceComponent component = new ServiceComponent(services, section());
        services.listen(new ServiceListener() {
            @Override
            public void added(Service service) {
                events.add("+" + service);
            }

            @Override
            public void modified(Service service, ServiceSettings before) {
                events.add(before.filters() + ">" + service.settings().filters());
            }

            @Override
            public void removed(Service service) {
                events.add("-" + service);
            }
        });
        Service service = services.get("rw");
        component.modified(section("filters", new String[] {"a | b"}));
        component.modified(section("filters", new String[] {"a", "b"}));
        assertThat(services.get("rw")).isSameAs(service);
        component.deactivate();
        assertThat(events).containsExactly("+rw", "[]>[a, b]", "-rw");
        assertThatThrownBy(() -> services.get("rw")).isInstanceOf(AdminException.class);
    }

    @Test
    void shouldReadListsAndAliases() {
        ServiceSettings settings = ServiceComponent.settings(
                section("servers", new String[] {"db1, db2", "db3"}, "passwd", "p", "connection_timeout", "20"));
        assertThat(settings.servers()).containsExactly("db1", "db2", "db3");
        assertThat(settings.accounts().password()).isEqualTo("p");
        assertThat(settings.limits().waitTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.toString()).doesNotContain("password");
    }

    @Test
    void shouldPreferNewerWords() {
        ServiceSettings settings = ServiceComponent.settings(
                section("passwd", "old", "password", "new", "connection_timeout", "20", "wait_timeout", "30s"));
        assertThat(settings.accounts().password()).isEqualTo("new");
        assertThat(settings.limits().waitTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldHaveDefaultsOfTheInventory() {
        ServiceSettings settings = ServiceComponent.settings(section());
        assertThat(settings.accounts()).isEqualTo(AccountSettings.NONE);
        assertThat(settings.limits()).isEqualTo(SessionLimits.DEFAULT);
    }

    @Test
    void shouldNameKeyWhenValueIsBad() {
        assertThatThrownBy(() -> ServiceComponent.settings(section("net_write_timeout", "-1s")))
                .hasMessageContaining("net_write_timeout");
        assertThatThrownBy(() -> ServiceComponent.settings(section("lower_case_table_names", 3)))
                .hasMessageContaining("lower_case_table_names");
        assertThatThrownBy(() -> ServiceComponent.settings(section("router", "")))
                .hasMessageContaining("router");
        assertThatThrownBy(() -> ServiceComponent.settings(section("cluster", "mon", "servers", new String[] {"db1"})))
                .hasMessageContaining("cluster");
    }

    @Test
    void shouldRefuseSessionsBeyondLimit() {
        Service service = services.add(ServiceComponent.settings(section("max_connections", 2)));
        assertThat(service.tryAdmitSession()).isTrue();
        assertThat(service.tryAdmitSession()).isTrue();
        assertThat(service.tryAdmitSession()).isFalse();
        service.sessionClosed();
        assertThat(service.tryAdmitSession()).isTrue();
        assertThat(service.sessions()).isEqualTo(2);
        assertThat(service.totalSessions()).isEqualTo(3);
        assertThat(service.refusedSessions()).isEqualTo(1);
    }
}
