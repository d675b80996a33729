package org.penstock.shell.command;

import java.util.List;
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

/** {@code reload config}, {@code reload dbusers RW} and {@code reload tls}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=reload"})
public final class ReloadCommand implements ShellCommand {
    private final Administration administration;

    @Activate
    public ReloadCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("reads the configuration files, a service's accounts or the certificates again")
    @Usage(
            value = {"reload config [--dry-run]", "reload dbusers SERVICE", "reload tls"},
            example = {"reload config --dry-run", "reload config", "reload dbusers RW", "reload tls"})
    public String reload(
            @Descriptor("only say what would change")
                    @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    boolean dryRun,
            @Descriptor("config, dbusers or tls") String what,
            @Descriptor("the service") String... service) {
        if (what.equals("config") && service.length == 0) {
            return Reports.text(administration.configuration().reload(dryRun));
        }
        if (what.equals("dbusers") && service.length == 1 && !dryRun) {
            return administration.management().reloadAccounts(service[0]);
        }
        if (what.equals("tls") && service.length == 0 && !dryRun) {
            return String.join("\n", administration.management().reloadTls());
        }
        throw new UsageException("'reload config', 'reload dbusers SERVICE' or 'reload tls' is expected");
    }

    @Override
    public List<String> candidates(List<String> words) {
        if (words.isEmpty()) {
            return List.of("config", "dbusers", "tls");
        }
        if (words.size() > 1) {
            return List.of();
        }
        return words.get(0).equals("dbusers")
                ? ObjectWords.names(administration, ObjectKind.SERVICE)
                : words.get(0).equals("config") ? List.of("--dry-run") : List.<String>of();
    }
}
