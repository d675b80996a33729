package org.penstock.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.Bundle;
import org.penstock.api.module.ModuleCommand;
import org.penstock.shell.command.AlterCommand;
import org.penstock.shell.command.CallCommand;
import org.penstock.shell.command.ClearCommand;
import org.penstock.shell.command.CreateCommand;
import org.penstock.shell.command.DestroyCommand;
import org.penstock.shell.command.HelpCommand;
import org.penstock.shell.command.KillCommand;
import org.penstock.shell.command.ListCommand;
import org.penstock.shell.command.ModuleCommands;
import org.penstock.shell.command.ReloadCommand;
import org.penstock.shell.command.SetCommand;
import org.penstock.shell.command.ShowCommand;
import org.penstock.shell.command.ShutdownCommand;
import org.penstock.shell.command.StartStopCommand;
import org.penstock.shell.command.StatusCommand;
import org.penstock.shell.command.UnblockCommand;
import org.penstock.shell.command.WhyCommand;
import org.penstock.shell.log.LogCommand;
import org.penstock.shell.log.RotateCommand;

/** Gogo's own interpreter with all commands of the shell, over a fake core; no framework. */
public final class TestShell implements AutoCloseable {
    public final FakeManagement management = new FakeManagement();
    public final FakeConfiguration configuration = new FakeConfiguration();
    public final Administration administration = new Administration();
    public final ModuleCommands modules = new ModuleCommands();
    public final FakeContext context = new FakeContext();
    public final Verbs verbs = new Verbs();

    private final ThreadIOImpl io = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(io);

    public TestShell() {
        io.start();
        administration.bindManagement(management);
        administration.bindConfiguration(configuration);
        modules.bindCommand(new EchoModuleCommand(), Map.of("penstock.module", "echo", "penstock.command", "say"));
        add(new ListCommand(administration, modules));
        add(new ShowCommand(administration));
        add(new SetCommand(administration));
        add(new ClearCommand(administration));
        add(new AlterCommand(administration));
        add(new CreateCommand(administration));
        add(new DestroyCommand(administration));
        add(new KillCommand(administration));
        add(new UnblockCommand(administration));
        add(new WhyCommand(administration));
        add(new ReloadCommand(administration));
        add(new CallCommand(modules));
        add(new StartStopCommand(context.proxy(), administration));
        add(new StatusCommand(context.proxy(), administration));
        add(new ShutdownCommand(context.proxy(), administration));
        add(new LogCommand(context.proxy()));
        add(new RotateCommand(context.proxy()));
        processor.addCommand("penstock", new HelpCommand(verbs), "help");
        addFunction("gogo", "set", (session, words) -> "gogo:set");
        addFunction("felix", "help", (session, words) -> "felix:help " + words);
        addFunction("felix", "start", (session, words) -> {
            context.state = words.contains("0") ? Bundle.ACTIVE : context.state;
            return "felix:start " + words;
        });
        addFunction("felix", "stop", (session, words) -> "felix:stop " + words);
        addFunction("felix", "lb", (session, words) -> "felix:lb");
    }

    private void add(ShellCommand command) {
        String[] names = Stream.of(command.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(Usage.class))
                .map(Method::getName)
                .toArray(String[]::new);
        verbs.bindCommand(command, Map.of("osgi.command.scope", "penstock", "osgi.command.function", names));
        for (String name : names) {
            processor.addCommand("penstock", command, name);
        }
    }

    public void addFunction(String scope, String name, Function function) {
        processor.addCommand(scope, function, name);
    }

    public CommandProcessor processor() {
        return processor;
    }

    /** What a line evaluates to in a session like that of a console. */
    public Object run(String line) throws Exception {
        CommandSession session = processor.createSession(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        try {
            session.put("SCOPE", "penstock:felix:gogo:*");
            session.put(CommandSession.OPTION_NO_GLOB, true);
            return session.execute(line);
        } finally {
            session.close();
        }
    }

    @Override
    public void close() {
        processor.stop();
        io.stop();
    }

    private static final class EchoModuleCommand implements ModuleCommand {
        @Override
        public String description() {
            return "says its words";
        }

        @Override
        public List<String> arguments() {
            return List.of("word", "more?");
        }

        @Override
        public String run(List<String> arguments) {
            if (arguments.contains("bad")) {
                throw new IllegalArgumentException("bad word");
            }
            return String.join("+", arguments);
        }
    }
}
