package org.penstock.core.service;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.core.global.SectionText;

/** One service section: puts it into the registry and changes it there in place. */
@Component(
        service = ServiceComponent.class,
        immediate = true,
        configurationPid = ServiceConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServiceConfig.class, factory = true)
public final class ServiceComponent {
    private final Services services;
    private final String name;

    @Activate
    public ServiceComponent(@Reference Services services, ServiceConfig config) {
        this.services = services;
        this.name = services.add(settings(config)).name();
    }

    @Modified
    void modified(ServiceConfig config) {
        services.modify(settings(config));
    }

    @Deactivate
    void deactivate() {
        services.remove(name);
    }

    static ServiceSettings settings(ServiceConfig config) {
        AccountSettings accounts = new AccountSettings(
                config.user(),
                config.password().isEmpty() ? config.passwd() : config.password(),
                config.auth__all__servers(),
                config.enable__root__user(),
                config.localhost__match__wildcard__host(),
                config.strip__db__esc(),
                config.inject__service__user(),
                config.log__auth__warnings(),
                config.lower__case__table__names(),
                config.user__accounts__file(),
                fileOnly(config.user__accounts__file__usage()));
        return new ServiceSettings(
                config.name(),
                config.router(),
                SectionText.names(config.servers()),
                SectionText.names(config.filters()),
                accounts,
                limits(config),
                config.version__string(),
                config.cluster());
    }

    private static boolean fileOnly(String usage) {
        return switch (usage) {
            case "add_when_load_ok" -> false;
            case "file_only_always" -> true;
            default ->
                throw new IllegalArgumentException(
                        "user_accounts_file_usage: expected add_when_load_ok or file_only_always, got '" + usage + "'");
        };
    }

    private static SessionLimits limits(ServiceConfig config) {
        Duration wait = seconds("wait_timeout", config.wait__timeout());
        if (wait.isZero() && !config.connection__timeout().isEmpty()) {
            wait = seconds("connection_timeout", config.connection__timeout());
        }
        return new SessionLimits(
                config.max__connections(),
                config.max__queued__connections(),
                seconds("queued_connection_timeout", config.queued__connection__timeout()),
                wait,
                seconds("net_write_timeout", config.net__write__timeout()),
                seconds("connection_keepalive", config.connection__keepalive()),
                config.force__connection__keepalive(),
                seconds("idle_session_pool_time", config.idle__session__pool__time()),
                seconds("multiplex_timeout", config.multiplex__timeout()),
                seconds("module_wait_timeout", config.module__wait__timeout()));
    }

    private static Duration seconds(String key, String value) {
        return SectionText.duration(key, value, ChronoUnit.SECONDS);
    }
}
