package org.penstock.shell.console;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.penstock.shell.Verbs;
import org.penstock.shell.console.RequestReader.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the console with its Gogo session.
 *
 * <p>Threads: the reader, which runs this; the writer of frames; and one for each command while it runs. An interrupt closes the Gogo session, which
 * cancels whatever runs in it, and a copy with its variables takes its place.
 */
final class ConsoleSession implements Runnable, Closeable {
    /** Ours first, because {@code gogo} has a {@code set} and {@code felix} a {@code help} of their own. */
    static final String SCOPE = "penstock:felix:gogo:*";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSession.class);

    private final SocketChannel channel;
    private final String name;
    private final CommandProcessor processor;
    private final Verbs verbs;
    private final Completion completion;
    private final FrameWriter writer;
    private final CommandOutput out;
    private final CommandOutput err;
    private CommandSession gogo;
    private @Nullable Run running;
    private volatile long lastUse = System.nanoTime();

    private static final class Run {
        boolean cancelled;
    }

    ConsoleSession(SocketChannel channel, String name, CommandProcessor processor, Verbs verbs) {
        this.channel = channel;
        this.name = name;
        this.processor = processor;
        this.verbs = verbs;
        this.completion = new Completion(verbs);
        this.writer = new FrameWriter(channel);
        this.out = new CommandOutput(writer, "OUT");
        this.err = new CommandOutput(writer, "ERR");
        this.gogo = processor.createSession(InputStream.nullInputStream(), out, err);
        gogo.put("SCOPE", SCOPE);
        gogo.put(CommandSession.OPTION_NO_GLOB, true);
    }

    @Override
    public void run() {
        start(writer, name + "-writer");
        try {
            RequestReader reader = new RequestReader(new BufferedInputStream(Channels.newInputStream(channel)));
            Request request = reader.next();
            while (request != null) {
                lastUse = System.nanoTime();
                handle(request);
                request = reader.next();
            }
        } catch (IOException e) {
            LOG.debug("console client gone", e);
        } finally {
            close();
        }
    }

    private void handle(Request request) throws IOException {
        switch (request.word()) {
            case "EXEC" -> execute(request.text());
            case "COMPLETE" -> writer.candidates(completion.candidates(request.text(), session()));
            case "INTERRUPT" -> interrupt();
            default -> {
                String shown = request.word().length() > 40 ? request.word().substring(0, 40) + "..." : request.word();
                fail("error: not a request: '" + shown + "'; expected EXEC, COMPLETE or INTERRUPT", ErrorText.USAGE);
            }
        }
    }

    private void execute(String line) throws IOException {
        Run run = new Run();
        CommandSession session;
        synchronized (this) {
            if (running != null) {
                throw new IOException("a command before the end of the previous one");
            }
            running = run;
            session = gogo;
        }
        LOG.atInfo()
                .addKeyValue("console", name)
                .addKeyValue("command", LiteralVerbs.redact(line))
                .log("shell command");
        start(() -> execute(line, run, session), name + "-command");
    }

    private void execute(String line, Run run, CommandSession session) {
        out.open(true);
        err.open(true);
        int status = 0;
        try {
            Object result = session.execute(LiteralVerbs.rewrite(line));
            if (result != null) {
                print(session.format(result, Converter.INSPECT));
            }
        } catch (Exception | LinkageError e) {
            status = failed(e, line, run, session);
        } finally {
            end(run, status);
        }
    }

    private int failed(Throwable failure, String line, Run run, CommandSession session) {
        ErrorText error = cancelled(run)
                ? new ErrorText("cancelled", ErrorText.CANCELLED)
                : ErrorText.of(failure, line, session, verbs);
        LOG.debug("shell command failed", failure);
        try {
            byte[] bytes = (error.text() + "\n").getBytes(StandardCharsets.UTF_8);
            writer.output("ERR", bytes, 0, bytes.length);
        } catch (IOException e) {
            LOG.debug("console client gone", e);
        }
        return error.status();
    }

    private void end(Run run, int status) {
        out.open(false);
        err.open(false);
        lastUse = System.nanoTime();
        synchronized (this) {
            running = null;
        }
        try {
            writer.exit(cancelled(run) ? ErrorText.CANCELLED : status);
        } catch (IOException e) {
            LOG.debug("console client gone", e);
        }
    }

    private void print(CharSequence text) throws IOException {
        if (text.length() > 0) {
            String line = text.charAt(text.length() - 1) == '\n' ? text.toString() : text + "\n";
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            writer.output("OUT", bytes, 0, bytes.length);
        }
    }

    private void fail(String text, int status) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        writer.output("ERR", bytes, 0, bytes.length);
        writer.exit(status);
    }

    private synchronized boolean cancelled(Run run) {
        return run.cancelled;
    }

    private synchronized CommandSession session() {
        return gogo;
    }

    private synchronized void interrupt() {
        Run run = running;
        if (run != null && !run.cancelled) {
            run.cancelled = true;
            CommandSession old = gogo;
            gogo = copy(old);
            old.close();
        }
    }

    private CommandSession copy(CommandSession old) {
        CommandSession fresh = processor.createSession(InputStream.nullInputStream(), out, err);
        if (old.get(".variables") instanceof Collection<?> names) {
            for (Object variable : names) {
                fresh.put(variable.toString(), old.get(variable.toString()));
            }
        }
        fresh.currentDir(old.currentDir());
        return fresh;
    }

    /** Nanoseconds without a request while nothing runs. */
    synchronized long idle() {
        return running == null ? System.nanoTime() - lastUse : 0;
    }

    /** Cancels what runs and ends the session. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a console", e);
        }
        session().close();
        writer.end();
    }

    private static void start(Runnable task, String threadName) {
        Thread thread = new Thread(task, threadName);
        thread.setDaemon(true);
        thread.start();
    }
}
