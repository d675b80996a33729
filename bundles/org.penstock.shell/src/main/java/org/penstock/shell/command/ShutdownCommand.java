package org.penstock.shell.command;

import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.AdminException;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;

/** {@code shutdown}: the core drains and ends the process; without a core the framework just stops. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=shutdown"})
public final class ShutdownCommand implements ShellCommand {
    private final Administration administration;
    private final BundleContext context;

    @Activate
    public ShutdownCommand(BundleContext context, @Reference Administration administration) {
        this.context = context;
        this.administration = administration;
    }

    @Descriptor("ends Penstock: sessions are drained first")
    @Usage(value = "shutdown", example = "shutdown")
    public String shutdown(@Descriptor("nothing, or maxscale") String... what) {
        if (what.length > 1 || (what.length == 1 && !what[0].equals("maxscale"))) {
            throw new UsageException("'shutdown' ends the process; 'stop listener NAME' stops a listener");
        }
        try {
            administration.management().shutdown();
        } catch (AdminException noCore) {
            stopFramework(noCore);
        }
        return "Penstock ends";
    }

    private void stopFramework(AdminException noCore) {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            e.addSuppressed(noCore);
            throw new AdminException("the framework does not stop: " + e.getMessage(), e);
        }
    }
}
