package org.penstock.core.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.Details;
import org.penstock.api.admin.Table;
import org.penstock.api.annotation.Blocking;
import org.penstock.core.net.Loops;
import org.penstock.core.net.NettySession;
import org.penstock.core.plan.Plan;
import org.penstock.core.session.Link;
import org.penstock.core.session.SessionMachine;

/** What operators see of sessions. Sessions belong to their loops, so each loop is asked for its own. */
@Component(service = SessionViews.class)
@Blocking
public final class SessionViews {
    private static final long LOOK_SECONDS = 5;

    private final ReactorComponent reactor;

    @Activate
    public SessionViews(@Reference ReactorComponent reactor) {
        this.reactor = reactor;
    }

    Table list() {
        List<List<String>> rows = collect();
        rows.sort(Comparator.comparingLong(row -> Long.parseLong(row.get(0))));
        return new Table(List.of("Id", "User", "Host", "Service", "State", "Idle", "Commands", "Servers"), rows);
    }

    List<String> names() {
        return collect().stream().map(row -> row.get(0)).toList();
    }

    private List<List<String>> collect() {
        Loops loops = reactor.reactor().loops();
        List<CompletableFuture<List<List<String>>>> parts = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            parts.add(new CompletableFuture<>());
        }
        List<CompletableFuture<List<List<String>>>> free = new ArrayList<>(parts);
        loops.onEach(loop -> {
            List<List<String>> rows = new ArrayList<>();
            for (NettySession session : loop.sessions()) {
                rows.add(row(session));
            }
            CompletableFuture<List<List<String>>> mine;
            synchronized (free) {
                mine = free.remove(0);
            }
            mine.complete(rows);
        });
        List<List<String>> all = new ArrayList<>();
        for (CompletableFuture<List<List<String>>> part : parts) {
            all.addAll(await(part));
        }
        return all;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.orTimeout(LOOK_SECONDS, TimeUnit.SECONDS).join();
        } catch (java.util.concurrent.CompletionException e) {
            throw new AdminException("an event loop did not answer within " + LOOK_SECONDS + " s", e);
        }
    }

    private static List<String> row(NettySession session) {
        SessionMachine machine = session.machine();
        return List.of(
                Long.toString(session.id()),
                machine.state().user(),
                machine.state().clientAddress(),
                machine.state().service(),
                state(machine),
                seconds(session.idleTime()),
                Long.toString(machine.standing().commands()),
                servers(machine));
    }

    private static String state(SessionMachine machine) {
        if (machine.standing().waitingFor() != null) {
            return "Waiting";
        }
        return switch (machine.phase()) {
            case OPENING -> "Opening";
            case RUNNING -> machine.standing().idle() ? "Idle" : "Busy";
            case ENDING -> "Ending";
            case CLOSED -> "Closed";
        };
    }

    private static String servers(SessionMachine machine) {
        List<String> names = new ArrayList<>();
        for (Link link : machine.connections()) {
            names.add(link.server().name());
        }
        return String.join(", ", names);
    }

    private static String seconds(Duration duration) {
        return String.format("%.1fs", duration.toMillis() / 1000.0);
    }

    Details show(String id) {
        return new Details("Session " + id, await(ask(id)), List.of());
    }

    /** What a session waits for. */
    List<String> why(String id) {
        return await(ask(id)).stream()
                .filter(entry -> entry.label().equals("Waiting for"))
                .map(Details.Entry::value)
                .toList();
    }

    private CompletableFuture<List<Details.Entry>> ask(String id) {
        long number;
        try {
            number = Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new AdminException("session: expected a number, got '" + id + "'", e);
        }
        CompletableFuture<List<Details.Entry>> found = new CompletableFuture<>();
        boolean known = reactor.reactor().onSession(number, session -> {
            if (session == null) {
                found.complete(List.of());
            } else {
                found.complete(entries(session));
            }
        });
        if (!known) {
            throw new AdminException("unknown session " + id);
        }
        return found;
    }

    private static List<Details.Entry> entries(NettySession session) {
        SessionMachine machine = session.machine();
        List<Details.Entry> entries = new ArrayList<>();
        List<String> row = row(session);
        List<String> labels = List.of("Id", "User", "Host", "Service", "State", "Idle", "Commands", "Servers");
        for (int i = 0; i < labels.size(); i++) {
            entries.add(new Details.Entry(labels.get(i), row.get(i)));
        }
        entries.add(new Details.Entry("Age", seconds(session.age())));
        entries.add(new Details.Entry("Database", String.valueOf(machine.state().database())));
        entries.add(new Details.Entry(
                "Character set", Integer.toString(machine.state().charset())));
        entries.add(new Details.Entry(
                "In transaction", Boolean.toString(machine.state().inTransaction())));
        machine.standing().followed().forEach((label, value) -> entries.add(new Details.Entry(label, value)));
        machine.standing()
                .counts()
                .forEach((word, count) -> entries.add(new Details.Entry("Counter " + word, Long.toString(count))));
        entries.add(new Details.Entry("Attributes", machine.state().attributes().toString()));
        for (Link link : machine.connections()) {
            entries.add(new Details.Entry(
                    "Server " + link.server().name(), link.state().name()));
        }
        Plan plan = machine.standing().plan();
        if (plan != null) {
            entries.add(new Details.Entry(
                    "Plan", plan.number() + (machine.standing().keptBehind() ? ", in part the one before" : "")));
        }
        for (String module : machine.standing().modules()) {
            entries.add(new Details.Entry("Module", module));
        }
        String waiting = machine.standing().waitingFor();
        if (waiting != null) {
            entries.add(new Details.Entry("Waiting for", waiting));
        }
        return entries;
    }
}
