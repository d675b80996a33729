package org.penstock.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.Details;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.admin.Table;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.server.ServerStatus;
import org.penstock.core.account.AccountRooms;
import org.penstock.core.listener.Listener;
import org.penstock.core.listener.Listeners;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;
import org.penstock.core.server.Server;
import org.penstock.core.server.Servers;
import org.penstock.core.service.Service;
import org.penstock.core.service.Services;
import org.penstock.core.store.Stores;

/** What operators see of each kind of object. */
@Component(service = Views.class)
@Blocking
public final class Views {
    private final BundleContext context;
    private final Servers servers;
    private final Services services;
    private final Listeners listeners;
    private final PlansComponent plans;
    private final Stores stores;
    private final AccountRooms rooms;
    private final SessionViews sessions;
    private final Monitors monitors;
    private final ReactorComponent reactor;

    @Activate
    public Views(
            BundleContext context,
            @Reference Servers servers,
            @Reference Services services,
            @Reference Listeners listeners,
            @Reference PlansComponent plans,
            @Reference Stores stores,
            @Reference AccountRooms rooms,
            @Reference SessionViews sessions,
            @Reference Monitors monitors,
            @Reference ReactorComponent reactor) {
        this.context = context;
        this.servers = servers;
        this.services = services;
        this.listeners = listeners;
        this.plans = plans;
        this.stores = stores;
        this.rooms = rooms;
        this.sessions = sessions;
        this.monitors = monitors;
        this.reactor = reactor;
    }

    AdminException unknown(ObjectKind kind, String name) {
        return new AdminException(
                "unknown " + kind.word() + " '" + name + "': expected one of " + String.join(", ", names(kind)));
    }

    List<String> names(ObjectKind kind) {
        return switch (kind) {
            case SERVER -> servers.all().stream().map(Server::name).toList();
            case SERVICE -> services.all().stream().map(Service::name).toList();
            case LISTENER -> listeners.all().stream().map(Listener::name).toList();
            case SESSION -> sessions.names();
            case MONITOR -> monitors.names();
            case FILTER -> List.copyOf(filterNames());
            case MODULE ->
                modules().rows().stream().map(row -> row.get(0)).distinct().toList();
        };
    }

    private Set<String> filterNames() {
        TreeSet<String> names = new TreeSet<>();
        generations("filter").forEach(generation -> names.add(generation.id().name()));
        services.all().forEach(service -> names.addAll(service.settings().filters()));
        return names;
    }

    private List<Generation<?>> generations(String kind) {
        return plans.plans().generations().stream()
                .filter(generation -> generation.id().kind().equals(kind))
                .toList();
    }

    Table list(ObjectKind kind) {
        return switch (kind) {
            case SERVER -> servers();
            case SERVICE -> services();
            case LISTENER -> listeners();
            case SESSION -> sessions.list();
            case FILTER -> filters();
            case MONITOR -> monitors.list();
            case MODULE -> modules();
        };
    }

    private Table servers() {
        List<List<String>> rows = new ArrayList<>();
        for (Server server : servers.all()) {
            rows.add(List.of(
                    server.name(),
                    server.address(),
                    Integer.toString(server.port()),
                    Integer.toString(server.connections()),
                    Integer.toString(server.pool().idle()),
                    ServerStatus.describe(server.status())));
        }
        return new Table(List.of("Server", "Address", "Port", "Connections", "Pooled", "Status"), rows);
    }

    private Table services() {
        List<List<String>> rows = new ArrayList<>();
        for (Service service : services.all()) {
            rows.add(List.of(
                    service.name(),
                    service.settings().router(),
                    state(service),
                    Integer.toString(service.sessions()),
                    Long.toString(service.totalSessions()),
                    String.join(" | ", service.settings().filters()),
                    String.join(", ", service.settings().servers())));
        }
        return new Table(
                List.of("Service", "Router", "State", "Sessions", "Total Sessions", "Filters", "Servers"), rows);
    }

    private String state(Service service) {
        Plan plan = plans.plans().current(service.name());
        return plan != null && plan.missing() == null ? "Running" : "Waiting";
    }

    private Table listeners() {
        List<List<String>> rows = new ArrayList<>();
        for (Listener listener : listeners.all()) {
            rows.add(List.of(
                    listener.name(),
                    listener.service(),
                    listener.protocol(),
                    String.join(", ", listener.endpoints()),
                    listener.state().text() + (listener.failure().isEmpty() ? "" : ": " + listener.failure())));
        }
        return new Table(List.of("Listener", "Service", "Protocol", "Listens On", "State"), rows);
    }

    private Table filters() {
        List<List<String>> rows = new ArrayList<>();
        for (String name : filterNames()) {
            List<Generation<?>> found = generations("filter").stream()
                    .filter(generation -> generation.id().name().equals(name))
                    .toList();
            if (found.isEmpty()) {
                rows.add(List.of(name, "", "", "Waiting for its module", "0", usedBy(name)));
            }
            for (Generation<?> generation : found) {
                rows.add(List.of(
                        name,
                        generation.id().module(),
                        generation.id().version().toString(),
                        stateOf(generation),
                        Integer.toString(generation.sessions()),
                        usedBy(name)));
            }
        }
        return new Table(List.of("Filter", "Module", "Version", "State", "Sessions", "Services"), rows);
    }

    private static String stateOf(Generation<?> generation) {
        return switch (generation.state()) {
            case BOUND -> "Starting";
            case STARTED -> "Running";
            case REFUSED -> "Refused";
            case RETIRING -> "Leaving";
            case STOPPED -> "Stopped";
        };
    }

    private String usedBy(String filter) {
        return String.join(
                ", ",
                services.all().stream()
                        .filter(service -> service.settings().filters().contains(filter))
                        .map(Service::name)
                        .toList());
    }

    private Table modules() {
        List<List<String>> rows = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            String symbolic = bundle.getSymbolicName();
            if (symbolic == null || !isModule(symbolic)) {
                continue;
            }
            String[] parts = symbolic.split("\\.", -1);
            int sessions = plans.plans().generations().stream()
                    .filter(generation -> generation.id().bundleId() == bundle.getBundleId())
                    .mapToInt(Generation::sessions)
                    .sum();
            rows.add(List.of(
                    parts[parts.length - 1],
                    parts.length > 2 ? parts[parts.length - 2] : "",
                    bundle.getVersion().toString(),
                    stateOf(bundle),
                    Long.toString(bundle.getBundleId()),
                    Integer.toString(sessions)));
        }
        return new Table(List.of("Module", "Kind", "Version", "State", "Bundle", "Sessions"), rows);
    }

    private static boolean isModule(String symbolicName) {
        return symbolicName.contains(".protocol.")
                || symbolicName.contains(".auth.")
                || symbolicName.contains(".router.")
                || symbolicName.contains(".filter.")
                || symbolicName.contains(".monitor.");
    }

    private static String stateOf(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "Active";
            case Bundle.RESOLVED -> "Stopped";
            case Bundle.INSTALLED -> "Not resolved";
            case Bundle.STARTING -> "Starting";
            case Bundle.STOPPING -> "Stopping";
            default -> "Uninstalled";
        };
    }

    Details show(ObjectKind kind, String name) {
        if (kind == ObjectKind.SESSION) {
            return sessions.show(name);
        }
        Table table = list(kind);
        List<Details.Entry> entries = new ArrayList<>();
        for (List<String> row : table.rows()) {
            if (row.get(0).equals(name)) {
                for (int i = 0; i < row.size(); i++) {
                    entries.add(new Details.Entry(table.columns().get(i), row.get(i)));
                }
            }
        }
        if (entries.isEmpty()) {
            throw unknown(kind, name);
        }
        switch (kind) {
            case SERVER -> {
                new ServerEntries(servers).add(servers.get(name), entries);
                TlsViews.add(reactor.reactor().tls().serverNow(name), entries);
            }
            case SERVICE -> service(services.get(name), entries);
            case MONITOR -> monitors.describe(name, entries);
            case LISTENER ->
                listeners.all().stream()
                        .filter(listener -> listener.name().equals(name))
                        .forEach(listener -> TlsViews.add(listener.tls(), entries));
            default -> {
                // the row says it all
            }
        }
        counters(kind, name, entries);
        why(name).forEach(line -> entries.add(new Details.Entry("Waiting for", line)));
        String word = kind.word();
        return new Details(Character.toUpperCase(word.charAt(0)) + word.substring(1) + " " + name, entries, List.of());
    }

    private void counters(ObjectKind kind, String name, List<Details.Entry> entries) {
        if (kind == ObjectKind.FILTER || kind == ObjectKind.SERVICE || kind == ObjectKind.MONITOR) {
            stores.counters(kind, name)
                    .forEach((key, count) -> entries.add(new Details.Entry("Counter " + key, Long.toString(count))));
        }
    }

    private void service(Service service, List<Details.Entry> entries) {
        entries.add(new Details.Entry("Waiting clients", Integer.toString(service.waiting())));
        entries.add(new Details.Entry("Refused sessions", Long.toString(service.refusedSessions())));
        entries.add(new Details.Entry("Commands", Long.toString(service.commands())));
        entries.add(new Details.Entry(
                "Accounts",
                Integer.toString(rooms.room(service.name()).current().size())));
        Plan plan = plans.plans().current(service.name());
        if (plan != null) {
            entries.add(new Details.Entry("Plan", Long.toString(plan.number())));
            plan.filters().forEach(slot -> entries.add(new Details.Entry("Filter", describe(slot))));
            entries.add(new Details.Entry("Router", describe(plan.router())));
        }
    }

    private static String describe(Plan.Slot<?> slot) {
        Generation<?> generation = slot.generation();
        return generation == null ? slot.name() + ": nobody" : generation + ", " + generation.sessions() + " sessions";
    }

    List<String> why(String name) {
        List<String> reasons = new ArrayList<>();
        Service service = services.find(name);
        if (service != null) {
            Plan plan = plans.plans().current(name);
            String missing = plan == null ? "its first plan" : plan.missing();
            if (missing != null) {
                reasons.add(missing);
            }
        }
        for (Listener listener : listeners.all()) {
            if (listener.name().equals(name) && !listener.failure().isEmpty()) {
                reasons.add(listener.failure());
            }
        }
        for (Generation<?> generation : plans.plans().generations()) {
            if (generation.id().name().equals(name) && !generation.refusal().isEmpty()) {
                reasons.add(generation + " refused to start: " + generation.refusal());
            }
        }
        reasons.addAll(filterReasons(name));
        if (reasons.isEmpty() && name.matches("\\d+")) {
            return sessions.why(name);
        }
        return reasons;
    }

    private List<String> filterReasons(String name) {
        boolean bound = generations("filter").stream()
                .anyMatch(generation -> generation.id().name().equals(name));
        boolean used = services.all().stream()
                .anyMatch(service -> service.settings().filters().contains(name));
        return used && !bound ? List.of("a bundle that offers the module of filter '" + name + "'") : List.<String>of();
    }

    /** Counters of an object, for tests and metrics. */
    Map<String, Long> counters(ObjectKind kind, String name) {
        return stores.counters(kind, name);
    }
}
