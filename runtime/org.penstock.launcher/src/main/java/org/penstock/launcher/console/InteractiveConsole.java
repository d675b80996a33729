package org.penstock.launcher.console;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The console on a terminal: Ctrl-C cancels a line or a running command, Ctrl-D ends. With the system property
 * {@code penstock.console.interrupt=end} Ctrl-C on an empty line ends too.
 */
final class InteractiveConsole {
    private static final String PROMPT = "penstock> ";

    private final ConsoleConnection connection;
    private final boolean endsOnInterrupt = "end".equals(System.getProperty("penstock.console.interrupt"));

    InteractiveConsole(ConsoleConnection connection) {
        this.connection = connection;
    }

    int run() throws IOException {
        // The provider that needs no native library: it asks stty.
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec")
                .dumb(true)
                .build()) {
            terminal.handle(Terminal.Signal.INT, signal -> interrupt());
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .completer((unused, line, candidates) -> complete(line, candidates))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            OutputStream out = terminal.output();
            while (true) {
                try {
                    String line = reader.readLine(PROMPT);
                    if (line.strip().equals("exit") || line.strip().equals("quit")) {
                        return 0;
                    }
                    if (!line.isBlank()) {
                        connection.exec(line, out, out);
                    }
                } catch (UserInterruptException e) {
                    if (endsOnInterrupt && e.getPartialLine().isEmpty()) {
                        return 0;
                    }
                    // The line is cancelled, the next one begins.
                } catch (EndOfFileException e) {
                    return 0;
                } catch (EOFException e) {
                    terminal.writer().println("Penstock has stopped.");
                    return 0;
                }
            }
        }
    }

    private void interrupt() {
        try {
            connection.interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        try {
            for (String word : connection.complete(line.line().substring(0, line.cursor()))) {
                String value = word.stripTrailing();
                candidates.add(new Candidate(value, value, null, null, null, null, value.length() < word.length()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
