package org.penstock.shell.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

/** {@code alter filter log filebase=/var/log/q}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=alter"})
public final class AlterCommand implements ShellCommand {
    static final Set<ObjectKind> KINDS = EnumSet.of(
            ObjectKind.SERVER, ObjectKind.SERVICE, ObjectKind.LISTENER, ObjectKind.FILTER, ObjectKind.MONITOR);

    private final Administration administration;

    @Activate
    public AlterCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("changes parameters of an object, kept over a restart; an empty value removes one")
    @Usage(
            value = "alter server|service|listener|filter|monitor NAME KEY=VALUE ...",
            example = {
                "alter filter log log_data=date,query",
                "alter service RW filters=log|rewrite",
                "alter monitor M script="
            })
    public String alter(
            @Descriptor("kind of object") String kind,
            @Descriptor("its name") String name,
            @Descriptor("parameters as key=value") String... assignments) {
        ObjectKind of = ObjectWords.kind(kind, KINDS);
        Map<String, String> parameters = ObjectWords.assignments(List.of(assignments));
        if (parameters.isEmpty()) {
            throw new UsageException("nothing to change: key=value is missing");
        }
        return Reports.text(administration.configuration().alter(of, name, parameters));
    }

    @Override
    public List<String> candidates(List<String> words) {
        if (words.size() < 2) {
            return ObjectWords.kindThenName(administration, KINDS, words);
        }
        return ObjectWords.of(words.get(0), KINDS).stream()
                .flatMap(kind ->
                        ObjectWords.parameters(administration, kind, words.get(1), words.subList(2, words.size()))
                                .stream())
                .toList();
    }
}
