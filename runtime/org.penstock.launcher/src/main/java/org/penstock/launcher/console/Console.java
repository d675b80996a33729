package org.penstock.launcher.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import org.penstock.launcher.ExitCode;

/**
 * The main class behind {@code bin/penstock console}.
 *
 * <p>With a command it runs that and ends with its status; on a terminal it reads lines with editing and completion; else
 * it runs each line of standard input and ends with the status of the last one that failed.
 */
public final class Console {
    private Console() {}

    /** Takes the data directory and, after it, the words of one command. */
    public static void main(String[] args) {
        System.exit(run(Path.of(args[0]), String.join(" ", Arrays.asList(args).subList(1, args.length))));
    }

    private static int run(Path data, String command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (ConsoleConnection connection = ConsoleConnection.open(data)) {
            try {
                if (!command.isEmpty()) {
                    return connection.exec(command, out, err);
                }
                return Boolean.getBoolean("penstock.tty")
                        ? new InteractiveConsole(connection).run()
                        : batch(connection, out, err);
            } catch (IOException e) {
                err.println("penstock: " + e.getMessage());
                return ExitCode.UNAVAILABLE.status();
            }
        } catch (IOException e) {
            err.println("penstock: no console at " + data.resolve("run/console.sock") + " (" + e.getMessage()
                    + "); is Penstock running with this data directory? See bin/penstock status");
            return ExitCode.UNAVAILABLE.status();
        }
    }

    private static int batch(ConsoleConnection connection, PrintStream out, PrintStream err) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        int status = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                int result = connection.exec(line, out, err);
                status = result == 0 ? status : result;
            }
        }
        return status;
    }
}
