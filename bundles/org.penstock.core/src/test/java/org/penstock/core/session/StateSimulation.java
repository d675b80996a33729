package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.osgi.framework.Version;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.Hold;
import org.penstock.api.error.SqlError;
import org.penstock.api.router.CoreServices;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.Router;
import org.penstock.api.router.RouterContext;
import org.penstock.api.router.RouterSession;
import org.penstock.api.server.ServerView;
import org.penstock.api.session.Branch;
import org.penstock.api.session.SessionContext;
import org.penstock.api.statement.Placement;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;
import org.penstock.core.session.state.StatementReader;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.packet.OkPacket;

/**
 * One session at three servers with state of their own, in an order of events that a seed decides: connections are lost and opened, servers refuse what others
 * take. What a command sees of the state must be what its client has made, wherever it runs; a write runs once at most; replies come in order.
 */
final class StateSimulation implements SessionPort {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int MAX_STEPS = 20_000;

    /** Commands that are in force at most: three variables and a database. */
    private static final int SHORT = 5;

    private static final List<String> USE_FORMS =
            List.of("use %s", "/* now */ USE %s", "use -- then\n `%s`;", "/*!50000 use %s */", "use %s # d9");

    final Random random;
    private final Ledger ledger = new Ledger();
    private final StatementReader reader = new StatementReader();
    private final SessionMachine machine;
    private final Map<Link, Server> servers = new LinkedHashMap<>();
    private final List<Link> connecting = new ArrayList<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> resumes = new ArrayList<>();
    private final Part part = new Part();
    private final List<String> trace = new ArrayList<>();
    private boolean reading = true;
    private boolean closed;
    int answered;
    int lost;
    int repeated;

    // -- the client

    /** What the client asked, what it must get where no server is lost, and what follows. */
    private record Asked(String what, String expected, Runnable succeeded, Runnable failed) {}

    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private final PacketStream toClient = new PacketStream();
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<Integer, String> statements = new TreeMap<>();
    private final Map<Integer, String> setters = new TreeMap<>();
    private final List<Integer> writes = new ArrayList<>();
    private final List<Integer> confirmed = new ArrayList<>();
    private byte[] unsent = new byte[0];
    private String database = "";
    private final int limit;
    private int commands;
    private int number;

    StateSimulation(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.commands = 10 + random.nextInt(50);
        this.limit = random.nextBoolean() ? SHORT : 100;
        SessionState.Login login = new SessionState.Login("u", null, 45, Rig.CAPABILITIES, Map.of());
        this.machine = new SessionMachine(
                this,
                new SessionState(1, "sim", "127.0.0.1", login),
                () -> List.of(SimView.of("a"), SimView.of("b"), SimView.of("c")),
                new CollectBudget(1 << 20));
    }

    private String state() {
        return variables + "/" + database;
    }

    private static byte[] query(String text) {
        return Wire.query(text);
    }

    private void fill() {
        commands--;
        number++;
        switch (random.nextInt(14)) {
            case 12, 13 -> setPrepared();
            case 0, 1 -> set("k" + random.nextInt(3), String.valueOf(random.nextInt(4)));
            case 2 -> use("d" + random.nextInt(3));
            case 3 -> write();
            case 4 -> prepare();
            case 5, 6 -> execute();
            case 7 -> close();
            case 8 -> ask("set bad", "error 1193", () -> {}, () -> {});
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    reset();
                } else {
                    read();
                }
            }
            default -> read();
        }
    }

    private void ask(String text, String expected, Runnable succeeded, Runnable failed) {
        send(query(text), text, expected, succeeded, failed);
    }

    private void send(byte[] bytes, String what, String expected, Runnable succeeded, Runnable failed) {
        trace.add(what);
        unsent = Wire.join(unsent, bytes);
        waiting.add(new Asked(what, expected, succeeded, failed));
    }

    private void set(String key, String value) {
        String before = variables.put(key, value);
        ask("set @" + key + "='" + value + "'", "ok", () -> {}, () -> {
            variables.remove(key);
            if (before != null) {
                variables.put(key, before);
            }
        });
    }

    private void use(String name) {
        String before = database;
        Runnable failed = () -> database = before;
        database = name;
        if (random.nextBoolean()) {
            ask(USE_FORMS.get(random.nextInt(USE_FORMS.size())).formatted(name), "ok", () -> {}, failed);
        } else {
            send(Wire.command(2, name.getBytes(StandardCharsets.US_ASCII)), "init " + name, "ok", () -> {}, failed);
        }
    }

    /** A statement that sets a variable is prepared, executed, and often closed at once. */
    private void setPrepared() {
        if (setters.isEmpty()) {
            String text = "set @k" + random.nextInt(3) + "=?";
            byte[] command = Wire.command(0x16, text.getBytes(StandardCharsets.US_ASCII));
            send(command, "prepare " + text, "prepared " + text, () -> {}, () -> {});
            return;
        }
        int id = setters.keySet().iterator().next();
        String key = setters.get(id).substring(5, 7);
        int value = random.nextInt(4);
        String before = variables.put(key, String.valueOf(value));
        send(
                StatementIdsTest.execute(id, 0, 1, 8, 0, value),
                "execute " + setters.get(id) + " " + value,
                "ok",
                () -> {},
                () -> {
                    variables.remove(key);
                    if (before != null) {
                        variables.put(key, before);
                    }
                });
        if (random.nextBoolean()) {
            setters.remove(id);
            trace.add("close " + id);
            unsent = Wire.join(unsent, StatementIdsTest.about(0x19, id));
        }
    }

    private void write() {
        int id = number;
        ask("write " + id, "ok", () -> confirmed.add(id), () -> {});
    }

    private void read() {
        ask("read", "row " + state(), () -> {}, () -> {});
    }

    private void prepare() {
        String text = "stmt" + number + " @" + database;
        send(
                Wire.command(0x16, text.getBytes(StandardCharsets.US_ASCII)),
                "prepare " + text,
                "prepared " + text,
                () -> {},
                () -> {});
    }

    private void execute() {
        if (statements.isEmpty()) {
            read();
            return;
        }
        List<Integer> ids = List.copyOf(statements.keySet());
        int id = ids.get(random.nextInt(ids.size()));
        int value = random.nextInt(100);
        boolean typed = !typesSent.contains(id) || random.nextInt(3) == 0;
        if (random.nextInt(4) == 0) {
            unsent = Wire.join(unsent, StatementIdsTest.about(0x18, id, 0, 0, 'L'));
            trace.add("long data " + id);
            byte[] command =
                    typed ? StatementIdsTest.execute(id, 0, 1, 8, 0, value) : StatementIdsTest.execute(id, 0, 0, value);
            send(
                    command,
                    "execute " + id + " long",
                    "row " + statements.get(id) + "=" + value + "L " + state(),
                    () -> typesSent.add(id),
                    () -> {});
            return;
        }
        byte[] command =
                typed ? StatementIdsTest.execute(id, 0, 1, 8, 0, value) : StatementIdsTest.execute(id, 0, 0, value);
        send(
                command,
                "execute " + id,
                "row " + statements.get(id) + "=" + value + " " + state(),
                () -> typesSent.add(id),
                () -> {});
    }

    private final List<Integer> typesSent = new ArrayList<>();

    private void close() {
        if (!statements.isEmpty()) {
            int id = statements.keySet().iterator().next();
            statements.remove(id);
            trace.add("close " + id);
            unsent = Wire.join(unsent, StatementIdsTest.about(0x19, id));
        }
    }

    private void reset() {
        send(
                Wire.command(0x1F),
                "reset",
                "ok",
                () -> {
                    variables.clear();
                    statements.clear();
                    setters.clear();
                    typesSent.clear();
                },
                () -> {});
    }

    private boolean mayAsk() {
        // what a command changes is known when it is answered; reads may be many
        return commands > 0
                && unsent.length == 0
                && (waiting.isEmpty()
                        || (waiting.size() < 4 && waiting.peekLast().what.startsWith("read")));
    }

    private void got(byte[] bytes) {
        toClient.add(bytes);
        while (true) {
            Asked asked = waiting.peek();
            PacketStream.Packet packet = toClient.nextPayload();
            if (packet == null) {
                return;
            }
            if (asked == null) {
                throw new AssertionError(
                        "nothing was asked: " + new String(packet.payload(), StandardCharsets.ISO_8859_1));
            }
            reply(asked, packet.payload());
        }
    }

    private void reply(Asked asked, byte[] payload) {
        int first = payload[0] & 0xFF;
        if (first == 0xFF) {
            ErrPacket error = ErrPacket.decode(payload);
            waiting.poll();
            if (asked.expected.equals("error " + error.code())) {
                answered++;
                return;
            }
            if (error.code() != 1927 && error.code() != 1105) {
                throw new AssertionError(asked.what + ": " + error);
            }
            lost++;
            asked.failed.run();
            return;
        }
        if (asked.expected.startsWith("prepared ")) {
            if (first == 0) {
                preparedId = new ArrayBytes(payload).intAt(1);
                return;
            }
            String text = asked.expected.substring(9);
            (text.startsWith("set") ? setters : statements).put(preparedId, text);
        } else {
            String info = new String(payload, 7, payload.length - 7, StandardCharsets.US_ASCII);
            String found = info.isEmpty() ? "ok" : "row " + info;
            if (!found.equals(asked.expected)) {
                throw new AssertionError(asked.what + " should give " + asked.expected + ", gave " + found);
            }
        }
        waiting.poll();
        answered++;
        asked.succeeded.run();
    }

    private int preparedId;

    // -- the servers

    /** A server's end of one connection. */
    private final class Server {
        final Link link;
        final Map<String, String> state = new TreeMap<>();
        final Map<Integer, String> prepared = new TreeMap<>();
        final Map<Integer, Boolean> typed = new TreeMap<>();
        final Map<Integer, String> longData = new TreeMap<>();
        final ArrayDeque<byte[]> out = new ArrayDeque<>();
        private final PacketStream in = new PacketStream();
        private int nextId = 1000 + random.nextInt(1000);
        private boolean reset;
        private String current;

        Server(Link link) {
            this.link = link;
            String start = machine.database();
            this.current = start == null ? "" : start;
        }

        void receive(byte[] bytes) {
            in.add(bytes);
            for (PacketStream.Packet packet = in.nextPayload(); packet != null; packet = in.nextPayload()) {
                command(packet.payload());
            }
        }

        private void command(byte[] payload) {
            String text = new String(payload, 1, payload.length - 1, StandardCharsets.US_ASCII);
            switch (payload[0] & 0xFF) {
                case CommandType.QUERY -> query(text);
                case CommandType.INIT_DB -> {
                    current = text;
                    out.add(Wire.ok(1, 0));
                }
                case CommandType.STMT_PREPARE -> {
                    if (text.startsWith("stmt")
                            && !text.substring(text.indexOf('@') + 1).equals(current)) {
                        throw new AssertionError(text + " is prepared on " + link + " in " + current);
                    }
                    int id = nextId += 1 + random.nextInt(3);
                    prepared.put(id, text);
                    out.add(StatementIdsTest.prepared(1, id, 1));
                }
                case CommandType.STMT_EXECUTE -> execute(new ArrayBytes(payload));
                case CommandType.STMT_SEND_LONG_DATA ->
                    longData.merge(new ArrayBytes(payload).intAt(1), "L", String::concat);
                case CommandType.STMT_CLOSE -> {
                    if (prepared.remove(new ArrayBytes(payload).intAt(1)) == null && !reset) {
                        throw new AssertionError("closed what is not there, on " + link);
                    }
                }
                case CommandType.RESET_CONNECTION -> {
                    reset = true;
                    state.clear();
                    prepared.clear();
                    typed.clear();
                    longData.clear();
                    out.add(Wire.ok(1, 0));
                }
                default -> throw new AssertionError("command " + payload[0]);
            }
        }

        private void query(String text) {
            if (text.equals("read")) {
                row(state + "/" + current);
            } else if (text.startsWith("write ")) {
                writes.add(Integer.valueOf(text.substring(6)));
                out.add(Wire.ok(1, 0));
            } else if (text.equals("set bad")) {
                out.add(Wire.error(1, 1193));
            } else if (text.startsWith("set @")) {
                if (random.nextInt(60) == 0) {
                    out.add(Wire.error(1, random.nextBoolean() ? 1927 : 1105));
                    return;
                }
                state.put(
                        text.substring(5, text.indexOf('=')),
                        text.substring(text.indexOf('\'') + 1, text.length() - 1));
                out.add(Wire.ok(1, 0));
            } else {
                current = text.replaceAll("(?s).*(d[0-2]).*", "$1");
                out.add(Wire.ok(1, 0));
            }
        }

        private void execute(Bytes payload) {
            int id = payload.intAt(1);
            String text = prepared.get(id);
            if (text == null) {
                throw new AssertionError("statement " + id + " is not on " + link + ": " + prepared);
            }
            boolean types = payload.at(11) != 0;
            if (!types && !typed.containsKey(id)) {
                throw new AssertionError("no types on " + link);
            }
            typed.put(id, true);
            int value = payload.at(types ? 14 : 12);
            if (text.startsWith("set")) {
                state.put(text.substring(5, 7), String.valueOf(value));
                out.add(Wire.ok(1, 0));
                return;
            }
            String data = longData.remove(id);
            row(text + "=" + value + (data == null ? "" : data) + " " + state + "/" + current);
        }

        private void row(String text) {
            out.add(PacketWriter.frame(1, new OkPacket(0, 0, 2, 0, text, new byte[0]).encode(Rig.CAPABILITIES)));
        }

        byte[] output() {
            byte[] all = out.poll();
            if (all.length > 1 && random.nextInt(3) == 0) {
                int cut = 1 + random.nextInt(all.length - 1);
                out.addFirst(Arrays.copyOfRange(all, cut, all.length));
                return Arrays.copyOf(all, cut);
            }
            return all;
        }
    }

    // -- the router

    private final class Part implements RouterSession {
        RouterContext context;

        @Override
        public CommandInterest interest() {
            return CommandInterest.head(100);
        }

        @Override
        public CoreServices needs() {
            return new CoreServices(true, limit, true, true);
        }

        @Override
        public List<String> connectFirst() {
            return random.nextBoolean() ? List.of("a", "b") : NAMES;
        }

        @Override
        public Route route(Command command, Holds holds) {
            Route route = decide(command);
            if (random.nextInt(10) == 0) {
                Hold<Route> hold = holds.hold(Duration.ofSeconds(1), route);
                resumes.add(() -> hold.resume(route));
                return Route.hold(hold);
            }
            return route;
        }

        private Route decide(Command command) {
            int code = command.code();
            if (code == CommandType.QUERY) {
                String sql = command.sql();
                if (sql.equals("read")) {
                    return Route.to(any(), true);
                }
                return sql.startsWith("write") ? Route.to("a") : Route.toAll(primary());
            }
            if (code == CommandType.STMT_EXECUTE && command.statement().placement() == Placement.ALL) {
                return Route.toAll(primary());
            }
            return code == CommandType.STMT_EXECUTE || code == CommandType.STMT_SEND_LONG_DATA
                    ? Route.to(any(), true)
                    : Route.toAll(primary());
        }

        private String any() {
            return NAMES.get(random.nextInt(3));
        }

        private String primary() {
            return random.nextInt(4) == 0 ? any() : "a";
        }

        @Override
        public OnLoss onConnectionLost(ServerView server, boolean stuck) {
            if (random.nextBoolean()) {
                context.connect(server.name());
            }
            return OnLoss.GO_ON;
        }

        @Override
        public void onServersChanged() {
            if (random.nextBoolean()) {
                context.connect(any());
            } else {
                context.disconnect(any());
            }
        }
    }

    // -- the run

    void run() {
        Router router = context -> {
            part.context = context;
            return part;
        };
        Generation<Router> generation = new Generation<>(
                new Generation.ModuleId("router", "sim", "sim", Version.emptyVersion, 1, 1, 1), router);
        machine.open(new Plan("sim", 1, List.of(), new Plan.Slot<>("sim", generation), Duration.ofSeconds(30)));
        for (int step = 0;
                step < MAX_STEPS && !closed && !(commands == 0 && waiting.isEmpty() && unsent.length == 0);
                step++) {
            if (!step()) {
                throw new AssertionError("stuck");
            }
        }
        if (closed && toClient.pending() > 0) {
            // a packet was cut: nothing can follow it
            return;
        }
        if (closed) {
            throw new AssertionError("the session ended");
        }
        if (commands > 0 || !waiting.isEmpty()) {
            throw new AssertionError("does not end");
        }
        if (!machine.keeping().history().whole()) {
            throw new AssertionError("the history is not whole");
        }
        for (int id : confirmed) {
            if (writes.indexOf(id) != writes.lastIndexOf(id) || !writes.contains(id)) {
                throw new AssertionError("write " + id + " ran " + writes);
            }
        }
        machine.clientClosed();
        tasks.forEach(Runnable::run);
        if (ledger.open() != 0) {
            throw new AssertionError(ledger.open() + " bytes are not released");
        }
    }

    private boolean step() {
        List<Runnable> possible = new ArrayList<>();
        if (mayAsk() && opened) {
            possible.add(this::fill);
        }
        if (unsent.length > 0 && reading) {
            possible.add(this::sendSome);
        }
        for (Server server : servers.values()) {
            if (!server.out.isEmpty()) {
                possible.add(() -> machine.serverData(server.link, ledger.bytes(server.output())));
            }
        }
        for (Link link : connecting) {
            possible.add(() -> connected(link));
        }
        if (!tasks.isEmpty()) {
            possible.add(() -> tasks.poll().run());
        }
        if (!resumes.isEmpty()) {
            possible.add(() -> resumes.remove(random.nextInt(resumes.size())).run());
        }
        if (possible.isEmpty()) {
            return false;
        }
        int rare = random.nextInt(80);
        if (rare == 0 && !servers.isEmpty() && opened) {
            lose(List.copyOf(servers.keySet()).get(random.nextInt(servers.size())));
        } else if (rare == 1 && opened) {
            machine.serversChanged();
        } else {
            possible.get(random.nextInt(possible.size())).run();
        }
        return true;
    }

    private void sendSome() {
        int count = random.nextBoolean() ? unsent.length : 1 + random.nextInt(unsent.length);
        byte[] some = Arrays.copyOf(unsent, count);
        unsent = Arrays.copyOfRange(unsent, count, unsent.length);
        machine.clientData(ledger.bytes(some));
    }

    private void connected(Link link) {
        connecting.remove(link);
        if (random.nextInt(20) == 0 && opened) {
            machine.serverLost(link, new SqlError(1927, "08S01", "cannot be reached"));
            return;
        }
        servers.put(link, new Server(link));
        repeated += machine.keeping().history() != null
                        && machine.keeping().history().length() > 0
                ? 1
                : 0;
        machine.serverReady(link, 2);
    }

    private void lose(Link link) {
        servers.remove(link);
        trace.add("lose " + link.server().name());
        machine.serverLost(link, new SqlError(1927, "08S01", "lost"));
    }

    // -- what the machine wants

    private boolean opened;

    @Override
    public void toClient(Bytes bytes) {
        got(Ledger.take(bytes));
    }

    @Override
    public void toServer(Link link, Bytes bytes) {
        byte[] taken = Ledger.take(bytes);
        Server server = servers.get(link);
        if (server == null) {
            throw new AssertionError("bytes for " + link);
        }
        server.receive(taken);
    }

    @Override
    public void readClient(boolean on) {
        reading = on;
    }

    @Override
    public void readServer(Link link, boolean on) {}

    @Override
    public void connect(Link link) {
        connecting.add(link);
    }

    @Override
    public void closeServer(Link link) {
        connecting.remove(link);
        servers.remove(link);
    }

    @Override
    public void closeClient() {
        closed = true;
    }

    @Override
    public void opened() {
        opened = true;
    }

    @Override
    public void refused(SqlError error) {
        throw new AssertionError("refused: " + error);
    }

    @Override
    public void changeUser(byte[] command) {
        throw new AssertionError("nobody asked for it");
    }

    @Override
    public void cutChange(SqlError error) {
        throw new AssertionError("nobody asked for it");
    }

    @Override
    public SessionContext.Timer after(Duration delay, Runnable task) {
        return () -> {};
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {
        throw new AssertionError("nobody asked for it");
    }

    @Override
    public Branch branch(String service) {
        throw new AssertionError("nobody asked for it");
    }

    @Override
    public StatementReader reader() {
        return reader;
    }

    @Override
    public String toString() {
        return "answered " + answered + ", lost " + lost + ", waiting " + waiting + ", unsent " + unsent.length
                + ", servers " + servers.keySet() + ", " + trace.subList(Math.max(0, trace.size() - 30), trace.size());
    }
}
