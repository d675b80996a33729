package org.penstock.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A primary with GTID replicas, each an {@link EmbeddedServer}, with the accounts of {@link Account} and the rows of database
 * {@link #DATABASE}. Close it to end the servers and to delete their directories; this happens as well when the JVM ends, in order or
 * not. Several clusters, also in several JVMs, run side by side.
 */
public final class EmbeddedCluster implements AutoCloseable {

    /** Holds tables {@code items} and {@code orders} (1000 rows each) and {@code customers} (100 rows), ids from 1. */
    public static final String DATABASE = "demo";

    private static final Duration REPLICATION_BOUND = Duration.ofSeconds(60);

    private final ServerInstallation installation;
    private final RunDirectory directory;
    private final List<EmbeddedServer> servers;
    private final Thread hook = new Thread(this::end, "penstock-servers-end");
    private boolean ended;

    EmbeddedCluster(ServerInstallation installation, RunDirectory directory, List<ServerOptions> options) {
        this.installation = installation;
        this.directory = directory;
        this.servers = options.stream()
                .map(each -> {
                    String name = "server" + each.serverId();
                    return new EmbeddedServer(name, installation, each, directory.add(name));
                })
                .toList();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A cluster with two replicas that is not started yet. */
    public static EmbeddedClusterBuilder builder() {
        return new EmbeddedClusterBuilder();
    }

    /** Boots all servers at once and starts replication. */
    void start(List<String> setup) {
        onEach(servers, server -> {
            server.prepare();
            server.start();
            // Not logged: replicas start with the same data and an empty GTID position.
            setup.forEach(sql -> server.execute("set sql_log_bin = 0; " + sql));
        });
        onEach(replicas(), replica -> replica.replicateFrom(primary()));
        awaitReplicas();
    }

    /** The server that was the primary at the start. */
    public EmbeddedServer primary() {
        return servers.get(0);
    }

    /** The other servers, in order. */
    public List<EmbeddedServer> replicas() {
        return servers.subList(1, servers.size());
    }

    /** All servers, the primary first. */
    public List<EmbeddedServer> servers() {
        return servers;
    }

    /** The server of that name. */
    public EmbeddedServer server(String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no server " + name + " among " + servers));
    }

    /** The programs, for tests that need the command line client. */
    public ServerInstallation installation() {
        return installation;
    }

    /** The directory that is deleted on close. */
    public Path directory() {
        return directory.path();
    }

    /** Waits until every running replica follows the primary and has applied what the primary has logged so far. */
    public void awaitReplicas() {
        String position = primary().execute("select @@gtid_binlog_pos");
        Deadline deadline = Deadline.in(REPLICATION_BOUND);
        replicas().stream().filter(EmbeddedServer::isRunning).forEach(replica -> await(replica, position, deadline));
    }

    private static void await(EmbeddedServer replica, String position, Deadline deadline) {
        boolean follows =
                deadline.await(() -> replica.execute("select variable_value from information_schema.global_status"
                                + " where variable_name = 'SLAVE_RUNNING'")
                        .equals("ON"));
        if (!follows) {
            throw new ServerException(replica.name() + " does not replicate:" + System.lineSeparator()
                    + replica.execute("show slave status\\G"));
        }
        String reached = replica.execute("select master_gtid_wait('" + position + "', "
                + Math.max(1, deadline.left().toSeconds()) + ")");
        if (!reached.equals("0")) {
            throw new ServerException(replica.name() + " did not reach GTID position " + position + " in time");
        }
    }

    /** Kills the servers, since their data goes as well, and deletes their directories. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is running or about to.
        }
        end();
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            try {
                servers.forEach(EmbeddedServer::close);
            } finally {
                directory.close();
            }
        }
    }

    private static void onEach(List<EmbeddedServer> servers, Consumer<EmbeddedServer> action) {
        if (servers.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(servers.size());
        try {
            List<CompletableFuture<Void>> running = servers.stream()
                    .map(server -> CompletableFuture.runAsync(() -> action.accept(server), threads))
                    .toList();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }
}
