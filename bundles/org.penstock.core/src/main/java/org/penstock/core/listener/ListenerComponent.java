package org.penstock.core.listener;

import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.core.engine.Frontends;
import org.penstock.core.engine.ReactorComponent;
import org.penstock.core.global.Global;

/** One listener section: opens its endpoints and changes them in place. */
@Component(
        service = ListenerComponent.class,
        immediate = true,
        configurationPid = ListenerConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ListenerConfig.class, factory = true)
public final class ListenerComponent {
    private final Listeners listeners;
    private final Listener listener;
    private final Frontends fronts;
    private final Consumer<String> onServices;

    @Activate
    public ListenerComponent(
            @Reference Listeners listeners,
            @Reference Frontends fronts,
            @Reference ReactorComponent reactor,
            @Reference Global global,
            ListenerConfig config) {
        this.listeners = listeners;
        this.fronts = fronts;
        ListenerSettings settings = ListenerSettings.of(config);
        this.listener = new Listener(
                listeners,
                reactor.reactor(),
                fronts::find,
                global.settings().highWater(),
                global.settings().lowWater(),
                settings);
        fronts.checkOptions(settings.name(), settings.policy());
        this.onServices = listener::serviceChanged;
        fronts.watch(onServices);
        listeners.add(listener);
        listener.open();
    }

    @Modified
    void modified(ListenerConfig config) {
        ListenerSettings next = ListenerSettings.of(config);
        fronts.checkOptions(next.name(), next.policy());
        listener.settings(next);
    }

    @Deactivate
    void deactivate() {
        fronts.forget(onServices);
        listener.close();
        listeners.remove(listener);
    }
}
