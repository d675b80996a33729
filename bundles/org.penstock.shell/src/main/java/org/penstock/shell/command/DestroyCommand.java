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
import org.penstock.shell.UsageException;

/** {@code destroy server s4}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=destroy"})
public final class DestroyCommand implements ShellCommand {
    private final Administration administration;

    @Activate
    public DestroyCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("removes an object that nothing uses")
    @Usage(
            value = {"destroy server|service|listener|filter|monitor NAME", "destroy listener SERVICE NAME"},
            example = {"destroy server s4", "destroy listener RW L2"})
    public String destroy(@Descriptor("kind of object") String kind, @Descriptor("its name") String... name) {
        ObjectKind of = ObjectWords.kind(kind, AlterCommand.KINDS);
        int expected = of == ObjectKind.LISTENER && name.length == 2 ? 2 : 1;
        if (name.length != expected) {
            throw new UsageException(
                    name.length == 0
                            ? "the name of a " + of.word() + " is missing"
                            : "one name is expected; a name with blanks is quoted");
        }
        return Reports.text(administration.configuration().destroy(of, name[expected - 1]));
    }

    @Override
    public List<String> candidates(List<String> words) {
        return ObjectWords.kindThenName(administration, AlterCommand.KINDS, words);
    }
}
