package org.penstock.deploy;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.BundleUsage.Usage;

/** {@code mod:list}, {@code mod:upgrade FILE} and {@code mod:install FILE}. */
@Component(
        service = ModCommand.class,
        property = {
            "osgi.command.scope=mod",
            "osgi.command.function=list",
            "osgi.command.function=upgrade",
            "osgi.command.function=install"
        })
public final class ModCommand {
    private static final String COLUMNS = "%4s | %-40s | %-12s | %-9s | %-8s | %8s";

    private final Deployer deployer;
    private final BundleContext context;

    @Activate
    public ModCommand(BundleContext context, @Reference Deployer deployer) {
        this.context = context;
        this.deployer = deployer;
    }

    @Descriptor("lists the bundles that are upgraded while sessions run")
    public String list() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(COLUMNS, "Id", "Bundle", "Version", "State", "From", "Sessions"));
        lines.add(
                String.format(COLUMNS, "", "", "", "", "", "").replace(' ', '-').replace('|', '+'));
        for (Bundle bundle : context.getBundles()) {
            if (!PlatformBundles.contains(bundle) && bundle.getSymbolicName() != null) {
                Usage usage = deployer.usage(bundle.getBundleId());
                lines.add(String.format(
                        COLUMNS,
                        bundle.getBundleId(),
                        bundle.getSymbolicName(),
                        bundle.getVersion(),
                        state(bundle),
                        origin(bundle),
                        usage.sessions()));
                usage.refused().forEach(reason -> lines.add("       refused: " + reason));
            }
        }
        return String.join("\n", lines);
    }

    private static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "stopped";
            default -> "installed";
        };
    }

    private static String origin(Bundle bundle) {
        if (DeployFolder.isDeployed(bundle)) {
            return "deploy/";
        }
        return bundle.getLocation().contains("/system/") ? "system/" : "command";
    }

    @Descriptor(
            "brings a new version of a module into the live sessions, keeps it in deploy/, and stops the old version last")
    public void upgrade(CommandSession session, @Descriptor("the new version's jar") String file) {
        deployer.upgrade(Locations.path(session, file), System.out::println);
    }

    @Descriptor("the same as mod:upgrade")
    public void install(CommandSession session, @Descriptor("the module's jar") String file) {
        upgrade(session, file);
    }
}
