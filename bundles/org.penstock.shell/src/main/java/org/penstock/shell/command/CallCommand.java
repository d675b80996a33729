package org.penstock.shell.command;

import java.util.Arrays;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.api.module.ModuleCommand;
import org.penstock.shell.CommandThread;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;

/** {@code call command dbfwfilter rules/reload FW}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=call"})
public final class CallCommand implements ShellCommand {
    private final ModuleCommands commands;

    @Activate
    public CallCommand(@Reference ModuleCommands commands) {
        this.commands = commands;
    }

    @Descriptor("runs a command of a module")
    @Usage(value = "call command MODULE COMMAND [ARGUMENT ...]", example = "call command cache show C1")
    public String call(
            @Descriptor("command") String what,
            @Descriptor("module that offers it") String module,
            @Descriptor("its name") String name,
            @Descriptor("its arguments") String... arguments) {
        if (!what.equals("command")) {
            throw new UsageException("'call command' is expected, not 'call " + what + "'");
        }
        ModuleCommand command = commands.find(module, name)
                .orElseThrow(() -> new AdminException("no module '" + module + "' offers a command '" + name
                        + "'; 'list commands' shows what there is"));
        checkCount(command, arguments.length);
        CommandThread.hideArguments();
        try {
            return command.run(Arrays.asList(arguments));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static void checkCount(ModuleCommand command, int count) {
        List<String> names = command.arguments();
        long needed = names.stream().filter(argument -> !argument.endsWith("?")).count();
        if (count < needed || count > names.size()) {
            throw new UsageException("the arguments are: " + (names.isEmpty() ? "none" : String.join(" ", names)));
        }
    }

    @Override
    public List<String> candidates(List<String> words) {
        return switch (words.size()) {
            case 0 -> List.of("command");
            case 1 -> commands.modules();
            case 2 -> commands.names(words.get(1));
            default -> List.of();
        };
    }
}
