package org.penstock.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maven as a child process that brings the archive into the local repository; a line each second tells how far it is. */
final class ArchiveFetch {

    static final Duration BOUND = Duration.ofMinutes(30);

    private static final Duration REPORT = Duration.ofSeconds(1);
    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get";
    private static final int SHOWN_LINES = 8;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern ADVICE =
            Pattern.compile("^\\[Help \\d]|re-run Maven|Re-run Maven|For more information");

    private final ServerArchive archive;
    private final Progress progress;
    private volatile @Nullable Process process;

    private ArchiveFetch(ServerArchive archive, Progress progress) {
        this.archive = archive;
        this.progress = progress;
    }

    static void run(ServerArchive archive, Progress progress) {
        try {
            new ArchiveFetch(archive, progress).run();
        } catch (IOException e) {
            throw new UncheckedIOException("while fetching " + archive.coordinates(), e);
        }
    }

    private void run() throws IOException {
        Path maven = program("mvn", System.getenv());
        progress.report("Fetching the server archive " + archive.coordinates() + " (" + megabytes(ServerArchive.BYTES)
                + " MB) with " + maven);
        // An empty directory: no project's pom.xml gets in the way.
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (ScratchDirectory scratch = ScratchDirectory.create(temporary, "penstock-fetch-", this::end)) {
            Path output = scratch.path().resolve("mvn.log");
            Process started = new ProcessBuilder(command(maven))
                    .directory(scratch.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process = started;
            int status = await(started);
            if (status != 0) {
                throw failed("mvn ended with status " + status + ":" + System.lineSeparator()
                        + complaints(Files.readString(output, StandardCharsets.ISO_8859_1)));
            }
        } finally {
            end();
        }
    }

    private void end() {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    private List<String> command(Path maven) {
        return List.of(
                maven.toString(),
                "-B",
                "-q",
                "-C",
                GOAL,
                "-Dartifact=" + archive.coordinates(),
                "-Dtransitive=false",
                "-Dmaven.repo.local=" + archive.repository());
    }

    private int await(Process process) {
        Deadline deadline = Deadline.in(BOUND);
        long started = System.nanoTime();
        try {
            while (!process.waitFor(REPORT.toMillis(), TimeUnit.MILLISECONDS)) {
                if (deadline.passed()) {
                    throw failed("mvn did not end within " + BOUND.toMinutes() + " minutes");
                }
                report(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while fetching the server archive", e);
        }
    }

    private void report(long seconds) {
        long bytes = received();
        progress.report(String.format(
                Locale.ROOT,
                "  %3d s  %s of %s MB (%d %%)",
                seconds,
                megabytes(bytes),
                megabytes(ServerArchive.BYTES),
                Math.min(100, bytes * 100 / ServerArchive.BYTES)));
    }

    /** The size of the largest file that Maven has made so far; its name differs by Maven's version. */
    private long received() {
        try (Stream<Path> files = Files.list(archive.directory())) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        } catch (IOException notYet) {
            return 0;
        }
    }

    private ServersUnavailableException failed(String problem) {
        return new ServersUnavailableException(
                "the server archive " + archive.coordinates() + " is not in " + archive.repository()
                        + " and could not be fetched: " + problem,
                "check the network (a proxy or mirror belongs into ~/.m2/settings.xml) and run it again, or run"
                        + System.lineSeparator() + "  mvn " + GOAL + " -Dartifact=" + archive.coordinates()
                        + " -Dtransitive=false" + System.lineSeparator()
                        + "where there is one and copy the repository, or " + ServersUnavailableException.OWN_SERVERS);
    }

    /** The program in the Maven installation that the environment names, or on the path. */
    static Path program(String name, Map<String, String> environment) {
        Stream<String> homes = Stream.of("MAVEN_HOME", "M2_HOME")
                .map(environment::get)
                .filter(home -> home != null && !home.isBlank())
                .map(home -> home + File.separator + "bin");
        Stream<String> path = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.concat(homes, path)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new ServersUnavailableException(
                        "the server archive has to be fetched, and " + name + " is not on the PATH",
                        "install Apache Maven 3.8 or later, or " + ServersUnavailableException.OWN_SERVERS));
    }

    /** What Maven says without its colours and its advice on itself. */
    static String complaints(String output) {
        return COLOUR.matcher(output)
                .replaceAll("")
                .lines()
                .map(line ->
                        line.replace("[ERROR]", "").replace("-> [Help 1]", "").strip())
                .filter(line -> !line.isEmpty() && !ADVICE.matcher(line).find())
                .limit(SHOWN_LINES)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    static String megabytes(long bytes) {
        return Long.toString(bytes / 1_000_000);
    }
}
