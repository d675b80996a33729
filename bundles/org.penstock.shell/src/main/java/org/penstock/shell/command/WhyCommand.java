package org.penstock.shell.command;

import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;

/** {@code why RW}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=why"})
public final class WhyCommand implements ShellCommand {
    static final List<ObjectKind> NAMED =
            List.of(ObjectKind.SERVICE, ObjectKind.LISTENER, ObjectKind.SERVER, ObjectKind.FILTER, ObjectKind.MONITOR);

    private final Administration administration;

    @Activate
    public WhyCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("says what an object waits for")
    @Usage(value = "why NAME", example = "why RW")
    public String why(@Descriptor("name of an object") String name) {
        List<String> reasons = administration.management().why(name);
        return reasons.isEmpty() ? "'" + name + "' waits for nothing" : String.join("\n", reasons);
    }

    @Override
    public List<String> candidates(List<String> words) {
        return words.isEmpty()
                ? NAMED.stream()
                        .flatMap(kind -> ObjectWords.names(administration, kind).stream())
                        .distinct()
                        .toList()
                : List.of();
    }
}
