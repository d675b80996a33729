package org.penstock.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What an {@link EmbeddedCluster} shall be; {@link #start} makes it. */
public final class EmbeddedClusterBuilder {

    /** Sessions that each server allows unless told otherwise. */
    public static final int MAX_CONNECTIONS = 2_000;

    /** More replicas than this are a typing error. */
    public static final int MOST_REPLICAS = 20;

    private int replicas = 2;
    private int maxConnections = MAX_CONNECTIONS;
    private Path baseDirectory = Path.of(System.getProperty("java.io.tmpdir"));
    private Progress progress = Progress.standardError();
    private final List<String> options = new ArrayList<>();
    private final List<String> setup = new ArrayList<>();

    EmbeddedClusterBuilder() {}

    /** The number of replicas, from 0; two unless set. */
    public EmbeddedClusterBuilder replicas(int count) {
        if (count < 0 || count > MOST_REPLICAS) {
            throw new IllegalArgumentException("replicas is " + count + ", expected 0 to " + MOST_REPLICAS);
        }
        replicas = count;
        return this;
    }

    /** Sessions that each server allows; {@link #MAX_CONNECTIONS} unless set. */
    public EmbeddedClusterBuilder maxConnections(int count) {
        ServerOptions.checkMaxConnections(count);
        maxConnections = count;
        return this;
    }

    /** Where the temporary directory is made; {@code java.io.tmpdir} unless set. */
    public EmbeddedClusterBuilder baseDirectory(Path directory) {
        baseDirectory = directory.toAbsolutePath();
        return this;
    }

    /** An option of mariadbd for every server, such as {@code --wait-timeout=5}; it wins over the default. */
    public EmbeddedClusterBuilder option(String option) {
        ServerOptions.checkExtra(option);
        options.add(option);
        return this;
    }

    /** Statements that every server runs as root before replication starts, outside of the binary log; ended by semicolons. */
    public EmbeddedClusterBuilder setup(String sql) {
        setup.add(sql);
        return this;
    }

    /** Who is told about fetching and unpacking; standard error unless set. */
    public EmbeddedClusterBuilder progress(Progress listener) {
        progress = listener;
        return this;
    }

    /**
     * Starts the cluster and waits until its replicas follow.
     *
     * @throws ServersUnavailableException if this machine cannot run the servers or the archive cannot be had
     * @throws ServerException if a server does not start
     */
    public EmbeddedCluster start() {
        List<ServerOptions> each = IntStream.rangeClosed(1, replicas + 1)
                .mapToObj(id -> new ServerOptions(id, maxConnections, id > 1, options))
                .toList();
        ServerInstallation installation = ServerInstallation.locate(progress);
        FileLimit.warn(maxConnections, progress);
        progress.report("Starting a primary and " + replicas + (replicas == 1 ? " replica" : " replicas"));
        EmbeddedCluster cluster = new EmbeddedCluster(installation, RunDirectory.create(baseDirectory), each);
        try {
            cluster.start(setup);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }
}
