package org.penstock.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * The command that runs a cluster until it is ended. Standard output gets a line {@code name host:port} for each server, the primary
 * first, when all are up; progress and errors go to standard error. SIGTERM and Ctrl-C end the servers and delete their directories.
 */
public final class ServersMain {

    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 3;
    private static final int FAILED = 1;

    private ServersMain() {}

    /** Exit status: 2 wrong options, 3 the servers cannot run on this machine, 1 they did not start. */
    public static void main(String[] args) {
        ServersArguments arguments;
        try {
            arguments = ServersArguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(ServersArguments.USAGE);
            System.exit(USAGE);
            return;
        }
        if (arguments.help()) {
            System.out.println(ServersArguments.USAGE);
            return;
        }
        System.exit(run(arguments));
    }

    private static int run(ServersArguments arguments) {
        try (EmbeddedCluster cluster = arguments.builder().start()) {
            String lines = cluster.servers().stream()
                    .map(server -> server.name() + " " + server.address() + System.lineSeparator())
                    .collect(Collectors.joining());
            if (arguments.portFile() != null) {
                write(arguments.portFile(), lines);
            }
            System.out.print(lines);
            System.out.flush();
            // A signal ends the JVM, whose shutdown hook closes the cluster.
            new CountDownLatch(1).await();
            return 0;
        } catch (ServersUnavailableException e) {
            System.err.println(e.getMessage());
            return UNAVAILABLE;
        } catch (ServerException e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage() + ": " + e.getCause());
            return FAILED;
        } catch (IOException e) {
            System.err.println("the file of ports cannot be written: " + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Whoever waits for the file finds it whole. */
    private static void write(Path file, String lines) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path unfinished = absolute.resolveSibling(absolute.getFileName() + ".tmp");
        Files.writeString(unfinished, lines);
        Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
