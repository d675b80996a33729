package org.penstock.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the programs of the archive run here: x86-64 Linux with glibc and a few shared libraries. */
final class PlatformCheck {

    private static final Pattern MISSING = Pattern.compile("(?m)^\\s*(\\S+) => not found");
    private static final Pattern UNLOADABLE = Pattern.compile("error while loading shared libraries: ([^:\\s]+)");

    private PlatformCheck() {}

    static void system() {
        system(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2")));
    }

    static void system(String name, String architecture, boolean glibc) {
        String machine = architecture.toLowerCase(Locale.ROOT);
        if (!name.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw unavailable("this is " + name);
        }
        if (!machine.equals("amd64") && !machine.equals("x86_64")) {
            throw unavailable("this is Linux on " + architecture);
        }
        if (!glibc) {
            throw unavailable("this Linux has no glibc loader (/lib64/ld-linux-x86-64.so.2 is missing; musl?)");
        }
    }

    private static ServersUnavailableException unavailable(String problem) {
        return new ServersUnavailableException(
                "the embedded MariaDB servers exist for x86-64 Linux with glibc only, and " + problem,
                ServersUnavailableException.OWN_SERVERS);
    }

    /** Runs the program once, which the loader refuses if a library is missing. */
    static void libraries(Path program) {
        ProgramOutput started = ProgramOutput.of(List.of(program.toString(), "--no-defaults", "--version"));
        if (started.status() == 0) {
            return;
        }
        List<String> missing = missing(started.text() + System.lineSeparator() + loader(program));
        if (missing.isEmpty()) {
            throw new ServersUnavailableException(
                    program + " does not run here: " + started.text().strip(), ServersUnavailableException.OWN_SERVERS);
        }
        throw new ServersUnavailableException(
                "the embedded MariaDB server needs shared libraries that are missing: " + String.join(", ", missing),
                "install them (" + packages(missing) + "), or " + ServersUnavailableException.OWN_SERVERS);
    }

    private static String loader(Path program) {
        try {
            return ProgramOutput.of(List.of("ldd", program.toString())).text();
        } catch (ServerException noLdd) {
            return "";
        }
    }

    /** The names of libraries in what ldd or the loader says, each once. */
    static List<String> missing(String text) {
        return Stream.of(MISSING, UNLOADABLE)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }

    private static String packages(List<String> libraries) {
        return libraries.stream().map(PlatformCheck::packageOf).collect(Collectors.joining("; "));
    }

    private static String packageOf(String library) {
        Matcher name = Pattern.compile("^(lib[^.]+)\\.so(?:\\.(\\d+))?").matcher(library);
        String debian = name.find() ? name.group(1) + (name.group(2) == null ? "" : name.group(2)) : library;
        return switch (library) {
            case "libcrypt.so.1" -> "libcrypt.so.1: Debian libcrypt1, Fedora and RHEL libxcrypt-compat";
            case "libsystemd.so.0" -> "libsystemd.so.0: Debian libsystemd0, Fedora and RHEL systemd-libs";
            case "libstdc++.so.6" -> "libstdc++.so.6: Debian libstdc++6, Fedora and RHEL libstdc++";
            default -> library + ": on Debian probably " + debian;
        };
    }

    /** What a program that ends by itself printed, and its status. */
    record ProgramOutput(int status, String text) {

        static ProgramOutput of(List<String> command) {
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                process.getOutputStream().close();
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new ProgramOutput(process.waitFor(), text);
            } catch (IOException e) {
                throw new ServerException(command.get(0) + " cannot be run: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServerException("interrupted while running " + command.get(0), e);
            }
        }
    }
}
