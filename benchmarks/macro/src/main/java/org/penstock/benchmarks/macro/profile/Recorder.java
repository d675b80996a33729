package org.penstock.benchmarks.macro.profile;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.process.Child;
import org.penstock.benchmarks.macro.process.Java;
import org.penstock.benchmarks.macro.process.Workspace;

/** async-profiler in a running JVM, and its converter; both from the jars that the script fetches. */
final class Recorder {
    private static final Duration CONVERT = Duration.ofMinutes(2);
    private static final String INTERVAL = "1ms";
    private static final String ALLOCATION_STEP = "64k";

    private final Workspace workspace;
    private final Path jars;
    private final Path library;

    /** With the jars of a directory. */
    Recorder(Workspace workspace, Path jars) {
        this.workspace = workspace;
        this.jars = jars;
        library = workspace.path("libasyncProfiler.so");
        String platform = System.getProperty("os.arch", "").equals("aarch64") ? "linux-arm64" : "linux-x64";
        try (ZipFile zip = new ZipFile(jar("async-profiler").toFile())) {
            ZipEntry entry = zip.getEntry(platform + "/libasyncProfiler.so");
            try (InputStream bytes = zip.getInputStream(entry)) {
                Files.copy(bytes, library);
            }
        } catch (IOException e) {
            throw new BenchmarkException("async-profiler cannot be unpacked: " + e, e);
        }
    }

    /** CPU time of all threads and allocation, from now on. */
    void start(long pid, Path file) {
        agent(pid, "start,event=cpu,interval=" + INTERVAL + ",alloc=" + ALLOCATION_STEP + ",jfr,file=" + file);
    }

    void stop(long pid, Path file) {
        agent(pid, "stop,file=" + file);
    }

    /** Makes a flame graph (html) or a line for each stack (collapsed), as the name of the output ends. */
    void convert(Path recording, Path output, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.add(recording.toString());
        arguments.add(output.toString());
        Child converter = workspace.start(
                "jfrconv", Java.command(List.of(), jar("jfr-converter").toString(), "Main", arguments));
        converter.awaitEnd(CONVERT);
        workspace.end(converter);
    }

    private void agent(long pid, String options) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgentPath(library.toString(), options);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException | IOException e) {
            throw new BenchmarkException("async-profiler does not start in process " + pid + ": " + e, e);
        }
    }

    private Path jar(String name) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, name + "-*.jar")) {
            for (Path jar : found) {
                return jar;
            }
        } catch (IOException e) {
            throw new BenchmarkException("no " + name + " in " + jars + ": " + e, e);
        }
        throw new BenchmarkException(
                "no " + name + " in " + jars + "; delete that directory, the script fetches it again");
    }
}
