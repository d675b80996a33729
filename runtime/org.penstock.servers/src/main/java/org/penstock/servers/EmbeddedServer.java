package org.penstock.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One MariaDB server of an {@link EmbeddedCluster}: a process on a loopback port, with its own data directory. Port and data stay the
 * same over {@link #stop}, {@link #kill} and {@link #start}. Safe for use by several threads.
 */
public final class EmbeddedServer {

    /** The address that all embedded servers listen on. */
    public static final String HOST = "127.0.0.1";

    static final String SOCKET = "mysqld.sock";

    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration STOP_BOUND = Duration.ofSeconds(30);
    private static final int PORTS_TRIED = 10;

    private final String name;
    private final ServerInstallation installation;
    private final ServerOptions options;
    private final Path directory;
    private final ServerLog log;
    private final SqlClient client;
    private volatile int port;
    private @Nullable ServerProcess process;
    private volatile boolean closed;

    EmbeddedServer(String name, ServerInstallation installation, ServerOptions options, Path directory) {
        this.name = name;
        this.installation = installation;
        this.options = options;
        this.directory = directory;
        this.log = new ServerLog(directory.resolve("mysqld.log"));
        this.client = new SqlClient(installation.client(), name, directory, data());
    }

    /** The name: {@code server1} is the primary, the replicas follow. */
    public String name() {
        return name;
    }

    /** The TCP port on {@link #HOST}. */
    public int port() {
        return port;
    }

    /** {@code host:port}. */
    public String address() {
        return HOST + ":" + port;
    }

    /** The unix socket, where root needs no password; longer than a socket's name may be if the base directory is deep. */
    public Path socket() {
        return data().resolve(SOCKET);
    }

    /** What the server prints, over all its runs. */
    public Path logFile() {
        return log.file();
    }

    /** The id of the running process. */
    public synchronized long pid() {
        return running().pid();
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Copies the template; before the first start. */
    void prepare() {
        try {
            FileTree.copy(installation.template(), data());
        } catch (IOException e) {
            throw new UncheckedIOException("while copying the data directory of " + name, e);
        }
    }

    /** Starts it and waits until it takes connections; nothing if it runs. */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        Deadline deadline = Deadline.in(START_BOUND);
        boolean first = port == 0;
        for (int attempt = 1; !started(first, deadline); attempt++) {
            if (attempt == PORTS_TRIED || deadline.passed()) {
                throw new ServerException(
                        name + " found port " + port + " taken; log:" + System.lineSeparator() + log.complaints());
            }
        }
    }

    /** False if the port was taken. */
    private boolean started(boolean choosePort, Deadline deadline) {
        checkOpen();
        if (choosePort) {
            port = FreePort.next();
        }
        ServerProcess started;
        try {
            log.mark();
            started = ServerProcess.start(
                    ServerCommand.of(installation.home(), data(), options, port),
                    data(),
                    directory.resolve(RunDirectory.PID),
                    log.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = started;
        boolean inTime = deadline.await(() -> closed || log.saysReady() || !started.isAlive());
        if (inTime && !closed && started.isAlive()) {
            return true;
        }
        end(started, Duration.ZERO);
        checkOpen();
        if (log.saysPortTaken()) {
            return false;
        }
        String what = inTime
                ? " ended with status " + started.exitStatus() + " instead of starting"
                : " was not ready after " + deadline.bound().toSeconds() + " s";
        throw new ServerException(name + what + "; log:" + System.lineSeparator() + log.complaints());
    }

    private void checkOpen() {
        if (closed) {
            throw new ServerException(name + " belongs to a cluster that is closed");
        }
    }

    /** Shuts it down in order, by SIGTERM; after a bounded wait by SIGKILL. */
    public synchronized void stop() {
        if (process != null) {
            end(process, STOP_BOUND);
        }
    }

    /** Ends it at once, by SIGKILL. */
    public synchronized void kill() {
        if (process != null) {
            end(process, Duration.ZERO);
        }
    }

    private void end(ServerProcess ending, Duration grace) {
        if (grace.isZero()) {
            ending.kill();
        } else {
            ending.stop(grace);
        }
        process = null;
        try {
            Files.deleteIfExists(directory.resolve(RunDirectory.PID));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it and starts it again, on the same port and data. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Freezes it (SIGSTOP): the kernel still accepts connections, nothing is answered. */
    public synchronized void pause() {
        running().pause();
    }

    /** Lets a paused server go on (SIGCONT). */
    public synchronized void resume() {
        running().resume();
    }

    private ServerProcess running() {
        if (process == null || !process.isAlive()) {
            throw new ServerException(name + " is not running");
        }
        return process;
    }

    /**
     * Runs statements as root through the unix socket and returns what they yield: a line for each row, columns separated by tabs,
     * no column names. Fails with {@link ServerException} at the first error, or after a minute.
     */
    public String execute(String sql) {
        return client.execute(sql);
    }

    /** Makes it a read-only GTID replica of {@code primary}, also if it was a primary before. */
    public void replicateFrom(EmbeddedServer primary) {
        execute("stop slave; set global read_only = on; change master to master_host = '" + HOST + "', master_port = "
                + primary.port() + ", master_user = '" + Account.REPLICATION.user() + "', master_password = '"
                + Account.REPLICATION.password() + "', master_connect_retry = 1, master_ssl = 0"
                + ", master_ssl_verify_server_cert = 0, master_use_gtid = slave_pos, master_demote_to_slave = 1;"
                + " start slave");
    }

    /** Makes it a primary: it forgets whom it followed and takes writes. */
    public void promote() {
        execute("stop slave; reset slave all; set global read_only = off");
    }

    /** Ends it for good; a start that is under way gives up. */
    void close() {
        closed = true;
        kill();
    }

    private Path data() {
        return directory.resolve("data");
    }

    @Override
    public String toString() {
        return name + " " + address();
    }
}
