package org.penstock.shell.command;

import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;

/** {@code unblock 10.0.0.1}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=unblock"})
public final class UnblockCommand implements ShellCommand {
    private final Administration administration;

    @Activate
    public UnblockCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("lets clients from an address log in again that is blocked for refused logins")
    @Usage(value = "unblock ADDRESS", example = "unblock 10.0.0.1")
    public String unblock(@Descriptor("numeric address") String address) {
        return administration.management().unblock(address);
    }

    @Override
    public List<String> candidates(List<String> words) {
        return words.isEmpty()
                ? administration.management().blockedAddresses().rows().stream()
                        .map(row -> row.get(0))
                        .toList()
                : List.of();
    }
}
