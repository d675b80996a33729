package org.penstock.shell.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.text.OutputForm;
import org.penstock.shell.text.TableText;

/** {@code list servers}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=list"})
public final class ListCommand implements ShellCommand {
    private static final Set<ObjectKind> KINDS = EnumSet.allOf(ObjectKind.class);
    private static final String COMMANDS = "commands";
    private static final String BLOCKED = "blocked";

    private final Administration administration;
    private final ModuleCommands commands;

    @Activate
    public ListCommand(@Reference Administration administration, @Reference ModuleCommands commands) {
        this.administration = administration;
        this.commands = commands;
    }

    @Descriptor("lists the objects of a kind, the commands of the modules, or the blocked addresses of clients")
    @Usage(
            value = {
                "list servers|services|listeners|sessions|filters|monitors|modules [--tsv|--json]",
                "list commands|blocked [--tsv|--json]"
            },
            example = {"list servers", "list sessions --tsv", "list commands", "list blocked"})
    public String list(
            @Descriptor("tab-separated") @Parameter(names = "--tsv", presentValue = "true", absentValue = "false")
                    boolean tsv,
            @Descriptor("JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false") boolean json,
            @Descriptor("kind of object") String kind) {
        OutputForm form = OutputForm.of(tsv, json);
        if (kind.equals(COMMANDS)) {
            return TableText.of(commands.table(), form);
        }
        if (kind.equals(BLOCKED)) {
            return TableText.of(administration.management().blockedAddresses(), form);
        }
        return TableText.of(administration.management().list(ObjectWords.kind(kind, KINDS)), form);
    }

    @Override
    public List<String> candidates(List<String> words) {
        if (!words.isEmpty()) {
            return List.of("--tsv", "--json");
        }
        List<String> kinds = new ArrayList<>(ObjectWords.plural(KINDS));
        kinds.add(COMMANDS);
        kinds.add(BLOCKED);
        return kinds;
    }
}
