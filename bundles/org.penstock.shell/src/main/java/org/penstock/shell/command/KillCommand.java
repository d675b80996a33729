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
import org.penstock.shell.UsageException;

/** {@code kill session 17}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=kill"})
public final class KillCommand implements ShellCommand {
    private static final Set<ObjectKind> KINDS = EnumSet.of(ObjectKind.SESSION);

    private final Administration administration;

    @Activate
    public KillCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("ends a session by its connection id")
    @Usage(value = "kill session ID", example = "kill session 17")
    public String kill(@Descriptor("session") String kind, @Descriptor("its connection id") String id) {
        ObjectWords.kind(kind, KINDS);
        administration.management().killSession(number(id));
        return "session " + id + " ended";
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + id + "' is not the id of a session; 'list sessions' shows the ids");
        }
    }

    @Override
    public List<String> candidates(List<String> words) {
        return ObjectWords.kindThenName(administration, KINDS, words);
    }
}
