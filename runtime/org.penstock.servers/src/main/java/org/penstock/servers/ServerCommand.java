package org.penstock.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The options of a server's command line; later ones win over earlier ones. */
final class ServerCommand {

    private ServerCommand() {}

    /** Options that the template and every server on a copy of it share. */
    static List<String> format() {
        return List.of("--innodb-log-file-size=16M", "--innodb-undo-tablespaces=0", "--performance-schema=OFF");
    }

    /** The server refuses to run as user id 0 unless it is told to. */
    static List<String> account() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    ? List.of("--user=root")
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the user id cannot be read", e);
        }
    }

    static List<String> of(Path home, Path data, ServerOptions options, int port) {
        Stream<String> place = Stream.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + data,
                "--tmpdir=" + data,
                // Relative to the data directory: an absolute path may be longer than a socket's name can be.
                "--socket=" + EmbeddedServer.SOCKET,
                "--pid-file=mysqld.pid",
                "--bind-address=" + EmbeddedServer.HOST,
                "--port=" + port,
                "--server-id=" + options.serverId(),
                "--max-connections=" + options.maxConnections(),
                "--read-only=" + (options.readOnly() ? "ON" : "OFF"));
        return Stream.of(place, format().stream(), account().stream(), SHARED.stream(), options.extra().stream())
                .flatMap(part -> part)
                .toList();
    }

    private static final List<String> SHARED = List.of(
            "--skip-ssl",
            "--skip-name-resolve",
            "--log-bin=binlog",
            "--log-slave-updates",
            "--relay-log=relay",
            "--binlog-format=ROW",
            "--gtid-strict-mode=ON",
            "--slave-net-timeout=10",
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-buffer-size=4M",
            "--innodb-flush-log-at-trx-commit=2",
            "--key-buffer-size=1M",
            "--aria-pagecache-buffer-size=8M",
            "--table-open-cache=400",
            "--thread-cache-size=16",
            "--max-allowed-packet=128M",
            "--max-connect-errors=4294967295",
            "--local-infile=ON",
            "--character-set-server=utf8mb4");
}
