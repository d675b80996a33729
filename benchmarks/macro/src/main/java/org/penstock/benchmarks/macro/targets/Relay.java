package org.penstock.benchmarks.macro.targets;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Java;
import org.penstock.benchmarks.macro.process.Workspace;
import org.penstock.benchmarks.macro.relay.RelayMain;

/** The bare relay with the Netty of a distribution and the JVM's options of its start script. */
public final class Relay {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PORT = "PORT ";
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx512m");

    private Relay() {}

    public static Started start(Workspace workspace, Path home, Endpoint server, int threads, String jvmOptions) {
        List<String> options = new ArrayList<>(OPTIONS);
        Stream.of(jvmOptions.split(" ")).filter(option -> !option.isEmpty()).forEach(options::add);
        Child process = workspace.start(
                "relay",
                Java.command(
                        options,
                        classPath(home),
                        RelayMain.class.getName(),
                        List.of(server.host(), Integer.toString(server.port()), Integer.toString(threads))));
        String port = process.awaitLine(PORT, LIMIT).substring(PORT.length());
        return new Started(process, new Endpoint("127.0.0.1", Integer.parseInt(port)));
    }

    private static String classPath(Path home) {
        List<String> paths = new ArrayList<>(List.of(System.getProperty("java.class.path", "")));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve("system"), "netty-*.jar")) {
            jars.forEach(jar -> paths.add(jar.toString()));
        } catch (IOException e) {
            throw new BenchmarkException("no Netty in " + home.resolve("system") + ": " + e, e);
        }
        return String.join(File.pathSeparator, paths);
    }
}
