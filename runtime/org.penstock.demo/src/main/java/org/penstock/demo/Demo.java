package org.penstock.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.penstock.servers.RunDirectory;

/** One life of the demo, on the main thread: servers, Penstock, the wait for an ending, and all of it back in reverse. */
final class Demo {

    private static final String HOST = "127.0.0.1";
    private static final int SIGNALLED = 128;
    private static final int SIGINT = 2;

    /** What a signal means depends on it. */
    private enum Phase {
        /** Any signal ends the JVM; its hooks clean up. */
        STARTING,
        /** Ctrl-C belongs to the shell's line. */
        CONSOLE,
        SERVING,
        /** A second signal does not wait. */
        ENDING
    }

    private final DemoArguments arguments;
    private final DemoSettings settings;
    private final PrintStream out;

    /** Why it ends; empty: as asked. */
    private final CompletableFuture<String> ending = new CompletableFuture<>();

    private @Nullable PenstockProcess started;
    private volatile Phase phase = Phase.STARTING;
    private volatile boolean cutShort;

    Demo(DemoArguments arguments, DemoSettings settings, PrintStream out) {
        this.arguments = arguments;
        this.settings = settings;
        this.out = out;
    }

    /** Returns the exit status when nothing of it is left. */
    int run() throws IOException, InterruptedException {
        DemoSignals.handle(this::signalled);
        try {
            return start();
        } catch (RuntimeException e) {
            if (cutShort) {
                // What fails because its parts are being ended is no news; the status is that of the signal.
                return 0;
            }
            throw e;
        }
    }

    private int start() throws IOException, InterruptedException {
        DemoConfiguration configuration = configuration();
        List<Integer> ports = ListenerPorts.choose(arguments.portBase(), configuration.variablePorts());
        try (DemoServers servers = DemoServers.start(arguments, settings, this::progress);
                RunDirectory directory = RunDirectory.create(settings.temporary())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(directory), "penstock-demo-end"));
            Path own = directory.add("penstock");
            Map<String, String> environment = configuration.environment(servers.addresses(), ports);
            progress("Starting Penstock");
            try (PenstockProcess penstock = launch(conf(configuration, servers, own), own, environment)) {
                String listeners = penstock.awaitReady();
                return serve(servers, penstock, listeners, ports);
            }
        }
    }

    private DemoConfiguration configuration() {
        try {
            return DemoConfiguration.of(Files.readString(settings.conf()));
        } catch (IOException e) {
            throw new DemoException(DemoException.CONFIG, "cannot read the configuration: " + e);
        }
    }

    /** Apart from {@link #cleanUp}: no process starts that it would miss. */
    private synchronized PenstockProcess launch(Path conf, Path own, Map<String, String> environment) {
        if (cutShort) {
            throw new DemoException(DemoException.FAILED, "ended while starting");
        }
        PenstockProcess penstock = PenstockProcess.start(settings, conf, own, environment);
        started = penstock;
        return penstock;
    }

    /** After a signal during the start; else there is nothing left to do. */
    private synchronized void cleanUp(RunDirectory directory) {
        if (started != null) {
            started.close();
        }
        directory.close();
    }

    private Path conf(DemoConfiguration configuration, DemoServers servers, Path own) throws IOException {
        boolean asWritten = arguments.user() == null
                && arguments.password() == null
                && configuration.servers() == servers.addresses().size();
        if (asWritten) {
            return settings.conf();
        }
        Path changed = own.resolve("penstock.cnf");
        Files.writeString(changed, configuration.with(servers.addresses(), arguments.user(), arguments.password()));
        return changed;
    }

    private int serve(DemoServers servers, PenstockProcess penstock, String listeners, List<Integer> ports)
            throws IOException {
        penstock.onExit().thenAccept(status -> ending.complete(status == 0 ? "" : penstock.ended(status)));
        String client = servers.clientLine(new Address(HOST, ports.isEmpty() ? 0 : ports.get(0)));
        String failure;
        if (settings.terminal()) {
            introduce(servers, penstock, listeners, client);
            phase = Phase.CONSOLE;
            try (DemoConsole console = DemoConsole.open(settings, penstock.data())) {
                console.onExit().thenAccept(ending::complete);
                failure = ending.join();
            }
        } else {
            phase = Phase.SERVING;
            out.println("READY " + listeners + "; client: " + client);
            out.flush();
            failure = ending.join();
        }
        phase = Phase.ENDING;
        if (!failure.isEmpty()) {
            throw new DemoException(DemoException.FAILED, failure);
        }
        progress("Ending Penstock and its servers");
        return 0;
    }

    private void introduce(DemoServers servers, PenstockProcess penstock, String listeners, String client) {
        out.println();
        out.println("Penstock listens:");
        listeners
                .lines()
                .flatMap(line -> List.of(line.split(", ", -1)).stream())
                .forEach(line -> out.println("  " + line));
        out.println("Servers:");
        for (int index = 0; index < servers.addresses().size(); index++) {
            out.println("  " + servers.addresses().get(index) + " " + servers.role(index));
        }
        out.println("Configuration: " + settings.conf());
        out.println("Logs and data: " + penstock.data());
        out.println("To connect, paste into another terminal:");
        out.println("  " + client);
        out.println("'help' lists the commands, 'list services' is a start. Ctrl-D or 'shutdown' ends the demo.");
        out.println();
        out.flush();
    }

    private void signalled(int number) {
        switch (phase) {
            case STARTING -> {
                phase = Phase.ENDING;
                cutShort = true;
                // exit() runs the hooks and does not return; the signal's thread stays free for a second one.
                new Thread(() -> System.exit(SIGNALLED + number), "penstock-demo-exit").start();
            }
            case CONSOLE -> {
                if (number != SIGINT) {
                    ending.complete("");
                }
            }
            case SERVING -> ending.complete("");
            case ENDING -> Runtime.getRuntime().halt(SIGNALLED + number);
        }
    }

    private void progress(String line) {
        System.err.println(line);
    }
}
