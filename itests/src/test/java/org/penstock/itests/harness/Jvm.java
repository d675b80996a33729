package org.penstock.itests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the JVM of a running Penstock tells about itself. */
public final class Jvm {
    private Jvm() {}

    /** Runs a command of {@code jcmd} on a process. */
    public static String jcmd(long pid, String... command) throws Exception {
        List<String> words = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), Long.toString(pid)));
        words.addAll(List.of(command));
        ProgramResult result = ProgramResult.of(words);
        assertThat(result.status()).as(result.text()).isZero();
        return result.text();
    }

    /** How many class loaders hold a class of this name. */
    public static long loaders(long pid, String className) throws Exception {
        jcmd(pid, "GC.run");
        return jcmd(pid, "VM.classloaders", "show-classes=true", "fold=false")
                .lines()
                .filter(line -> line.endsWith(" " + className))
                .count();
    }

    /** Bytes of memory that a process occupies. */
    public static long resident(long pid) throws Exception {
        String line = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return 1024 * Long.parseLong(line.replaceAll("\\D+", ""));
    }
}
