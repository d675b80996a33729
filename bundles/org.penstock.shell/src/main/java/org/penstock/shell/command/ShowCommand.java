package org.penstock.shell.command;

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
import org.penstock.shell.UsageException;
import org.penstock.shell.text.DetailsText;
import org.penstock.shell.text.OutputForm;
import org.penstock.shell.text.TableText;

/** {@code show server s1}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=show"})
public final class ShowCommand implements ShellCommand {
    private static final Set<ObjectKind> KINDS = EnumSet.allOf(ObjectKind.class);

    private final Administration administration;

    @Activate
    public ShowCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("shows everything about one object")
    @Usage(
            value = {
                "show server|service|listener|session|filter|monitor|module NAME [--tsv|--json]",
                "show servers|services|... [--tsv|--json]"
            },
            example = {"show server s1", "show service 'Read Only'", "show session 17 --json"})
    public String show(
            @Descriptor("tab-separated") @Parameter(names = "--tsv", presentValue = "true", absentValue = "false")
                    boolean tsv,
            @Descriptor("JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false") boolean json,
            @Descriptor("kind of object") String kind,
            @Descriptor("its name") String... name) {
        OutputForm form = OutputForm.of(tsv, json);
        ObjectKind of = ObjectWords.kind(kind, KINDS);
        if (name.length == 1) {
            return DetailsText.of(administration.management().show(of, name[0]), form);
        }
        if (name.length == 0 && kind.equals(of.plural())) {
            return TableText.of(administration.management().list(of), form);
        }
        throw new UsageException(
                name.length == 0
                        ? "the name of a " + of.word() + " is missing"
                        : "one name is expected, not " + name.length + "; a name with blanks is quoted");
    }

    @Override
    public List<String> candidates(List<String> words) {
        return ObjectWords.kindThenName(administration, KINDS, words);
    }
}
