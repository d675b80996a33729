package org.penstock.shell.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;

/** {@code set server s1 maintenance}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=set"})
public final class SetCommand implements ShellCommand {
    private static final Set<ObjectKind> KINDS = EnumSet.of(ObjectKind.SERVER);

    private final Administration administration;

    @Activate
    public SetCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("sets a state of a server; only maintenance and draining outlast the monitor's next look")
    @Usage(
            value = "set server NAME maintenance|draining|running|master|slave|synced|ndb|stale",
            example = "set server s1 maintenance")
    public String set(
            @Descriptor("server") String kind,
            @Descriptor("its name") String name,
            @Descriptor("the state's word") String state) {
        ObjectWords.kind(kind, KINDS);
        administration.management().setServerStatus(name, state);
        return "server '" + name + "': " + state + " set";
    }

    @Override
    public List<String> candidates(List<String> words) {
        return words.size() == 2 ? ServerStates.WORDS : ObjectWords.kindThenName(administration, KINDS, words);
    }
}
