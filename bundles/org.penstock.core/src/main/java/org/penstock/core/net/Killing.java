package org.penstock.core.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;
import org.penstock.core.server.Server;
import org.penstock.core.session.Kill;
import org.penstock.core.session.Link;
import org.penstock.core.session.SessionPort;

/**
 * A KILL of one session, from its look-up to its answer. The target's loop is asked for the server connections that the session has at that moment, and marks
 * them: no other session gets them later, so whatever the server then kills is the target's. The server decides whether the killer may.
 *
 * <pre>
 *   own id, or one connection to a server that the killer is on --> the killer's own connection, with the server's id
 *   other connections                                           --> connections of their own, with the killer's account
 *   no connection at all                                        --> the proxy ends the session, if the killer may
 *   a number that is no id of the proxy                         --> the router, unchanged
 * </pre>
 */
final class Killing {
    private static final int NO_SUCH_THREAD = 1094;

    private final NettySession killer;
    private final Kill kill;
    private final SessionPort.KillOutcome outcome;

    /** A session that is meant, how many server connections it had when it was asked, and those of them that are to be killed. */
    record Target(long session, String user, int connections, List<Aim> aims) {}

    /** One server connection of a target. */
    record Aim(String server, long threadId) {}

    Killing(NettySession killer, Kill kill, SessionPort.KillOutcome outcome) {
        this.killer = killer;
        this.kill = kill;
        this.outcome = outcome;
    }

    /** Called on the killer's loop. */
    void begin() {
        if (kill.user() != null) {
            everySession();
        } else if (!ConnectionIds.inRange(kill.id())) {
            outcome.route();
        } else if (kill.id() == killer.id()) {
            own();
        } else if (!killer.reactor().onSession(kill.id(), this::found)) {
            unknown();
        }
    }

    private void unknown() {
        fail(new SqlError(NO_SUCH_THREAD, "HY000", "Unknown thread id: " + kill.id()));
    }

    private void fail(SqlError error) {
        outcome.answer(Answer.error(error));
    }

    private void own() {
        Target self = aimAt(killer, null);
        if (self.aims().isEmpty()) {
            if (kill.query()) {
                fail(new SqlError(1317, "70100", "Query execution was interrupted"));
            } else {
                killer.machine().killed();
            }
            return;
        }
        Aim first = self.aims().get(0);
        outcome.send(first.server(), kill.command(first.threadId()), 0);
    }

    /** Whether a session is of the killer's service: only there do the names of users without a server connection mean the same. */
    private boolean sameService(NettySession target) {
        return target.frontend()
                .service()
                .name()
                .equals(killer.frontend().service().name());
    }

    /** On the target's loop. */
    private void found(@Nullable NettySession target) {
        if (target == null || target.closed()) {
            killer.execute(this::unknown);
        } else {
            Target aimed = aimAt(target, null);
            boolean reachable = aimed.connections() > 0 || sameService(target);
            killer.execute(() -> {
                if (reachable) {
                    fire(aimed);
                } else {
                    unknown();
                }
            });
        }
    }

    /** Marks the server connections that are meant, but those to a server that the killer's own statement reaches; on the loop of their session. */
    private Target aimAt(NettySession target, @Nullable String reached) {
        List<Link> links = new ArrayList<>();
        List<Link> busy = new ArrayList<>();
        for (Link link : target.machine().connections()) {
            if (link.state() == Link.State.READY && link.threadId() != 0) {
                links.add(link);
                if (!link.idle()) {
                    busy.add(link);
                }
            }
        }
        List<Link> meant = links;
        if (kill.query()) {
            meant = busy.isEmpty() ? links.subList(0, Math.min(1, links.size())) : busy;
        }
        List<Aim> aims = new ArrayList<>();
        String user = target.machine().state().user();
        boolean mapped = !user.equals(target.identity().serverUser());
        for (Link link : meant) {
            if (mapped || !link.server().name().equals(reached)) {
                link.aim(kill.query());
                aims.add(new Aim(link.server().name(), link.threadId()));
            }
        }
        return new Target(target.id(), user, links.size(), aims);
    }

    private void fire(Target target) {
        if (target.aims().isEmpty()) {
            endUnconnected(List.of(target), error -> {
                if (error == null) {
                    outcome.answer(Answer.ok());
                } else {
                    fail(error);
                }
            });
            return;
        }
        Aim first = target.aims().get(0);
        if (target.aims().size() == 1 && linked(first.server())) {
            outcome.send(first.server(), kill.command(first.threadId()), kill.query() ? 0 : target.session());
            return;
        }
        shoot(List.of(target), error -> {
            if (error == null) {
                outcome.answer(Answer.ok());
            } else {
                fail(error);
            }
        });
    }

    private boolean linked(String server) {
        for (Link link : killer.machine().connections()) {
            if (link.state() == Link.State.READY && link.server().name().equals(server)) {
                return true;
            }
        }
        return false;
    }

    // -- KILL USER

    /** Sessions of the user are told on every loop; then the servers where the killer's statement does not come by itself are told their connections. */
    private void everySession() {
        String reached = onlyServer();
        Loops loops = killer.reactor().loops();
        AtomicInteger left = new AtomicInteger(loops.size());
        List<Target> targets = new ArrayList<>();
        loops.onEach(loop -> {
            List<Target> here = new ArrayList<>();
            for (NettySession session : loop.sessions()) {
                var state = session.machine().state();
                if (session != killer && !session.closed() && kill.means(state.user(), state.clientAddress())) {
                    Target aimed = aimAt(session, reached);
                    if (aimed.connections() > 0 || sameService(session)) {
                        here.add(aimed);
                    }
                }
            }
            killer.execute(() -> {
                targets.addAll(here);
                if (left.decrementAndGet() == 0) {
                    everyone(targets);
                }
            });
        });
    }

    private void everyone(List<Target> targets) {
        List<Target> elsewhere =
                targets.stream().filter(target -> !target.aims().isEmpty()).toList();
        List<Target> unconnected =
                targets.stream().filter(target -> target.connections() == 0).toList();
        shoot(
                elsewhere,
                failed -> endUnconnected(unconnected, refused -> {
                    // what is not allowed is not allowed by the server that answers either
                    outcome.route();
                }));
    }

    /** The one server to which the killer is connected, where it has one: its own statement reaches the sessions there. */
    private @Nullable String onlyServer() {
        List<Link> links = killer.machine().connections();
        return links.size() == 1 && kill.host() == null ? links.get(0).server().name() : null;
    }

    // -- connections of their own

    /** Kills connections one server after the other; tells the first error but an unknown id, or null. */
    private void shoot(List<Target> targets, Consumer<@Nullable SqlError> done) {
        List<String> names = targets.stream()
                .flatMap(target -> target.aims().stream())
                .map(Aim::server)
                .distinct()
                .toList();
        shootAt(names, 0, targets, null, done);
    }

    private void shootAt(
            List<String> names,
            int at,
            List<Target> targets,
            @Nullable SqlError before,
            Consumer<@Nullable SqlError> done) {
        if (at == names.size()) {
            if (!kill.query()) {
                targets.forEach(target -> killer.killed(target.session(), before == null ? 0 : before.code()));
            }
            done.accept(before);
            return;
        }
        String name = names.get(at);
        Server server = killer.frontend().server(name);
        List<String> statements = new ArrayList<>();
        for (Target target : targets) {
            for (Aim aim : target.aims()) {
                if (aim.server().equals(name)) {
                    statements.add(kill.statement(aim.threadId()));
                }
            }
        }
        CompletionStage<@Nullable SqlError> told = Interrogation.run(killer, server, name, statements, NO_SUCH_THREAD);
        told.thenAccept(
                error -> killer.execute(() -> shootAt(names, at + 1, targets, before == null ? error : before, done)));
    }

    /** Ends sessions that no server knows of, if they are the killer's user's, or it may kill those of others; tells the error, or null. */
    private void endUnconnected(List<Target> targets, Consumer<@Nullable SqlError> done) {
        String user = killer.machine().state().user();
        List<Target> others =
                targets.stream().filter(target -> !target.user().equals(user)).toList();
        end(targets.stream().filter(target -> target.user().equals(user)).toList());
        if (others.isEmpty()) {
            done.accept(null);
            return;
        }
        KillRight.of(killer)
                .thenAccept(may -> killer.execute(() -> {
                    if (may) {
                        end(others);
                        done.accept(null);
                    } else {
                        done.accept(new SqlError(
                                1095,
                                "HY000",
                                "You are not owner of thread " + others.get(0).session()));
                    }
                }));
    }

    private void end(List<Target> targets) {
        for (Target target : targets) {
            if (!kill.query()) {
                killer.reactor().onSession(target.session(), session -> {
                    if (session != null) {
                        session.handle(session.machine()::killed);
                    }
                });
            }
        }
    }
}
