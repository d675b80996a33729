package org.penstock.core.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.penstock.api.command.Hold;
import org.penstock.api.command.Verdict;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.Route;
import org.penstock.api.server.ServerView;
import org.penstock.core.plan.Plan;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.packet.ErrPacket;

/**
 * One session with a client, three servers, filters and a router, all made up, in an order of events that a seed decides. Whatever happens to be possible
 * is done in random order; what must hold is checked at each packet and at the end.
 */
final class Simulation {
    private static final int MAX_STEPS = 200_000;
    private static final SqlError LOST = new SqlError(1927, "08S01", "gone");
    private static final SqlError ENDED = new SqlError(4999, "HY000", "ended");

    final long seed;
    final Random random;
    final long capabilities;
    final boolean goesOn;
    final Set<Integer> seen = new HashSet<>();
    final Set<Integer> probed = new HashSet<>();
    long watched;
    int ends;
    int parts;
    int outcomes;
    int sources;
    long fileSent;
    long fileBytes;
    boolean missing;
    private boolean lost;
    private boolean ended;
    private boolean thrown;

    final SimClient client;
    final SimPort port = new SimPort(this);
    final SessionMachine machine;
    private final Ledger ledger = new Ledger();
    private final CollectBudget budget = new CollectBudget(1L << 30);
    private final SimPlans plans = new SimPlans(this);
    private final List<Runnable> resumes = new ArrayList<>();
    private final List<Runnable> possible = new ArrayList<>();
    private final List<ServerView> views;
    private final boolean faults;
    private int publishes;
    private Plan last;
    private boolean clientWritable = true;
    private boolean draining;
    private int answered;

    Simulation(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.faults = seed % 3 == 1;
        this.goesOn = random.nextBoolean();
        long eof = random.nextBoolean() ? Capabilities.DEPRECATE_EOF : 0;
        this.capabilities = Capabilities.PROTOCOL_41 | Capabilities.LOCAL_FILES | Capabilities.MULTI_RESULTS | eof;
        this.client = new SimClient(this, new SimScript(random, faults).commands(), 1 + random.nextInt(8));
        this.publishes = random.nextInt(3) == 0 ? 0 : random.nextInt(8);
        this.views = List.of(SimView.of("a"), SimView.of("b"), SimView.of("c"));
        this.machine = new SessionMachine(port, new SessionState(1, "sim", "127.0.0.1", login()), () -> views, budget);
    }

    SessionState.Login login() {
        return new SessionState.Login("u", null, 45, capabilities, Map.of());
    }

    // -- what the parties tell
    // -----------------------------------------------------------------------------------------

    void held(Hold<Verdict> hold, Verdict verdict) {
        resumes.add(() -> hold.resume(verdict));
    }

    void heldRoute(Hold<Route> hold, Route route) {
        resumes.add(() -> hold.resume(route));
    }

    void later(Runnable task) {
        resumes.add(task);
    }

    void arrived(SimServer server, SimCommand command) {
        if (!seen.contains(command.id())) {
            throw new AssertionError("bypassed: " + command);
        }
        boolean probing = machine.standing().plan().filters().stream()
                .anyMatch(slot -> slot.name().equals("probe"));
        if (probing && !probed.contains(command.id())) {
            throw new AssertionError("bypassed the probe: " + command + " at " + server.link);
        }
    }

    List<SimExpectation> expected(SimCommand command) {
        return SimExpectation.of(command, probed.contains(command.id()), capabilities);
    }

    void answered(SimCommand command) {
        answered += command.code() == CommandType.CHANGE_USER ? 0 : 1;
    }

    /** Whether an error may stand where it does: something went wrong that has it as a consequence. */
    boolean mayFail(SimCommand command, ErrPacket error) {
        // a command without a reply cannot fail: the session does
        thrown |= command == null;
        return switch (error.code()) {
            case 1927 -> lost;
            case 4999 -> ended;
            case 1105 ->
                (missing && error.message().equals("filter 'watch' is not available"))
                        || (faults && error.message().equals("filter 'probe' failed: IllegalStateException"));
            default -> false;
        };
    }

    /** What a filter throws that is told to. */
    RuntimeException thrown() {
        thrown = true;
        return new IllegalStateException("told to");
    }

    // -- the run
    // -------------------------------------------------------------------------------------------------------

    void run() {
        last = random.nextInt(20) == 0 ? plans.any() : plans.good();
        machine.open(last);
        int steps = 0;
        while (!over()) {
            if (++steps > MAX_STEPS) {
                throw new AssertionError("no end: " + state());
            }
            step();
        }
        finish();
    }

    private boolean over() {
        if (port.closed) {
            return true;
        }
        if (!client.done()) {
            return false;
        }
        draining = true;
        if (publishes > 0) {
            publishes = 0;
            publish(plans.good());
        }
        writable();
        collect();
        return possible.isEmpty();
    }

    private void writable() {
        if (!clientWritable) {
            clientWritable = true;
            machine.clientWritable(true);
        }
        for (SimServer server : List.copyOf(port.servers.values())) {
            machine.serverWritable(server.link, true);
        }
    }

    private void step() {
        collect();
        if (possible.isEmpty() || random.nextInt(40) == 0) {
            rare();
        } else {
            possible.get(random.nextInt(possible.size())).run();
        }
    }

    /** Finds what can happen next without a fault, and without time passing. */
    private void collect() {
        possible.clear();
        boolean open = !port.closed;
        if (open && port.opened && port.reading && !port.changing && client.canSend()) {
            possible.add(() -> machine.clientData(ledger.bytes(client.send(random))));
        }
        for (SimServer server : port.servers.values()) {
            if (server.hasOutput()) {
                possible.add(() -> machine.serverData(server.link, ledger.bytes(server.output(random))));
            }
        }
        for (Link link : port.connecting) {
            possible.add(() -> connected(link));
        }
        for (Runnable resume : resumes) {
            possible.add(() -> {
                resumes.remove(resume);
                resume.run();
            });
        }
        if (!port.tasks.isEmpty()) {
            possible.add(() -> port.tasks.poll().run());
        }
        if (!port.background.isEmpty()) {
            possible.add(() -> port.background.poll().run());
        }
        if (port.changing) {
            possible.add(port::userChanged);
        }
    }

    private void connected(Link link) {
        port.connecting.remove(link);
        port.servers.put(link, new SimServer(this, link));
        machine.serverReady(link, SimReply.AUTOCOMMIT);
    }

    /** Plans, time, water marks, and, in runs that have them, faults. */
    private void rare() {
        int what = random.nextInt(possible.isEmpty() ? 5 : 40);
        if (what == 0 || (possible.isEmpty() && !clientWritable)) {
            toggleClient();
        } else if (what == 1 && !port.servers.isEmpty()) {
            List<SimServer> all = List.copyOf(port.servers.values());
            SimServer server = all.get(random.nextInt(all.size()));
            machine.serverWritable(server.link, !possible.isEmpty() && random.nextBoolean());
        } else if (what == 2) {
            time();
        } else if (what == 3) {
            machine.serversChanged();
        } else if (what < 20 && publishes > 0) {
            publishes--;
            publish(publishes == 0 ? plans.good() : plans.any());
        } else if (what > 36 && faults && port.opened) {
            fault();
        }
        if (possible.isEmpty()) {
            unstick();
        }
    }

    private void toggleClient() {
        clientWritable = !clientWritable;
        machine.clientWritable(clientWritable);
    }

    private void unstick() {
        collect();
        if (!possible.isEmpty() || port.closed || client.done()) {
            return;
        }
        writable();
        collect();
        if (possible.isEmpty() && publishes == 0 && !time()) {
            throw new AssertionError("stuck: " + state());
        }
    }

    private boolean time() {
        SimPort.Timer timer = port.nextTimer();
        if (timer == null) {
            return false;
        }
        port.timers.remove(timer);
        port.now = Math.max(port.now, timer.at);
        timer.task.run();
        return true;
    }

    private void publish(Plan plan) {
        last = plan;
        machine.planPublished(plan);
    }

    private void fault() {
        switch (random.nextInt(6)) {
            case 0 -> {
                ended = true;
                machine.end(ENDED);
            }
            case 1 -> {
                lost = true;
                thrown = true;
                machine.clientClosed();
            }
            default -> {
                List<SimServer> all = List.copyOf(port.servers.values());
                if (!all.isEmpty()) {
                    SimServer server = all.get(random.nextInt(all.size()));
                    boolean known = !server.lost;
                    server.lost = true;
                    lost |= known;
                    machine.serverLost(server.link, LOST);
                    port.servers.remove(server.link);
                }
            }
        }
    }

    private void finish() {
        boolean orderly = !lost && !ended && !thrown;
        if (port.closed && orderly && !(missing && port.refused != null)) {
            throw new AssertionError("the session ended without a reason: " + state());
        }
        if (!port.closed) {
            alive(orderly);
            if (random.nextBoolean()) {
                machine.clientData(ledger.bytes(new byte[] {1, 0, 0, 0, 1}));
                drain();
            }
            if (!port.closed) {
                machine.clientClosed();
            }
        }
        port.tasks.forEach(Runnable::run);
        port.background.forEach(Runnable::run);
        resumes.forEach(Runnable::run);
        check(machine.phase() == SessionMachine.Phase.CLOSED, "closed");
        check(ledger.open() == 0, "bytes released, " + ledger.open() + " are not");
        check(budget.used() == 0, "nothing collected, but " + budget.used());
        check(parts == 0, "parts closed, " + parts + " are not");
        check(plans.sessions() == 0, "no session in a generation");
        check(sources == 0, "sources ended or cancelled, " + sources + " are not");
    }

    private void drain() {
        collect();
        while (!possible.isEmpty() && !port.closed) {
            possible.get(0).run();
            collect();
        }
    }

    private void alive(boolean orderly) {
        check(machine.phase() == SessionMachine.Phase.RUNNING, "running");
        check(machine.standing().plan() == last, "on the last plan");
        check(machine.standing().idle(), "idle");
        check(machine.standing().waitingFor() == null, "waiting for nothing");
        check(port.reading, "reading");
        check(port.ended == answered, "one end for each reply, not " + port.ended);
        check(!orderly || ends == 0, "ends told, " + ends + " are not");
        check(lost || fileBytes == fileSent || missing, "files passed on");
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("should be: " + what + "; " + state());
        }
    }

    String state() {
        return machine.phase() + ", idle " + machine.standing().idle() + ", waiting for "
                + machine.standing().waitingFor() + ", links "
                + machine.connections() + ", reading " + port.reading + ", client awaits " + client.awaited()
                + ", answered " + answered + ", servers " + port.servers.values() + ", tasks " + port.tasks.size() + "/"
                + port.background.size() + ", draining " + draining + ", refused " + port.refused;
    }
}
