package org.penstock.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.admin.AdminException;

/**
 * Felix's verbs {@code install}, {@code update}, {@code uninstall} and {@code refresh}, which keep away from the platform and tell what the next start forgets.
 * Felix's own are at {@code felix:update} and so on.
 */
@Component(
        service = BundleCommand.class,
        property = {
            "osgi.command.scope=penstock",
            "osgi.command.function=install",
            "osgi.command.function=update",
            "osgi.command.function=uninstall",
            "osgi.command.function=refresh"
        })
public final class BundleCommand {
    private static final String FORGOTTEN =
            "\nnote: the next start forgets this; 'mod:upgrade FILE', or a jar in deploy/, stays";

    private static final long REFRESH_SECONDS = 30;

    private final BundleContext context;
    private final PlatformBundles platform;

    @Activate
    public BundleCommand(BundleContext context) {
        this.context = context;
        this.platform = new PlatformBundles(context);
    }

    @Descriptor("installs bundles without starting them")
    public String install(CommandSession session, @Descriptor("paths or URLs") String... locations)
            throws BundleException {
        if (locations.length == 0) {
            throw new AdminException("the path or URL of a bundle is missing");
        }
        List<String> ids = new ArrayList<>();
        for (String location : locations) {
            Bundle bundle =
                    context.installBundle(Locations.url(session, location).toString());
            try {
                platform.checkApart(String.valueOf(bundle.getSymbolicName()), PlatformBundles.packages(bundle));
            } catch (AdminException e) {
                bundle.uninstall();
                throw e;
            }
            ids.add(Long.toString(bundle.getBundleId()));
        }
        return "Bundle ID: " + String.join(", ", ids) + FORGOTTEN;
    }

    @Descriptor("replaces the code of a bundle; sessions wait the moment that it takes")
    public String update(
            CommandSession session,
            @Descriptor("id or symbolic name") String word,
            @Descriptor("path or URL; without one, where it came from") String... location)
            throws BundleException, IOException {
        Bundle bundle = module(word);
        if (location.length == 0 && DeployFolder.isDeployed(bundle)) {
            throw new AdminException(word + " came from deploy/: name the new version's file, or use mod:upgrade");
        }
        if (location.length == 0) {
            bundle.update();
        } else {
            URL url = Locations.url(session, location[0]);
            try (InputStream in = url.openStream()) {
                bundle.update(in);
            }
        }
        return "bundle " + bundle.getBundleId() + " is " + bundle.getSymbolicName() + " " + bundle.getVersion()
                + FORGOTTEN;
    }

    @Descriptor("removes bundles")
    public String uninstall(@Descriptor("ids or symbolic names") String... words) throws BundleException {
        List<Bundle> bundles = modules(words);
        for (Bundle bundle : bundles) {
            bundle.uninstall();
        }
        return bundles.size() + " uninstalled" + FORGOTTEN;
    }

    @Descriptor("stops bundles and all that use them, wires them anew and starts them again")
    public String refresh(@Descriptor("ids or symbolic names") String... words) throws InterruptedException {
        List<Bundle> bundles = modules(words);
        List<String> closure = platform.closure(bundles).stream()
                .map(Bundle::getSymbolicName)
                .sorted()
                .toList();
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles, event -> done.countDown());
        if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
            throw new AdminException("not done within " + REFRESH_SECONDS + " s; see 'lb'");
        }
        return "refreshed " + String.join(", ", closure);
    }

    private List<Bundle> modules(String... words) {
        if (words.length == 0) {
            throw new AdminException("which bundles? 'lb' shows their ids");
        }
        return Arrays.stream(words).map(this::module).toList();
    }

    private Bundle module(String word) {
        Bundle bundle = bundle(word);
        if (PlatformBundles.contains(bundle)) {
            throw new AdminException(
                    bundle.getSymbolicName()
                            + " is part of the platform, which is upgraded by a restart; felix: before the command takes no care");
        }
        return bundle;
    }

    private Bundle bundle(String word) {
        List<Bundle> found = Arrays.stream(context.getBundles())
                .filter(bundle ->
                        word.equals(Long.toString(bundle.getBundleId())) || word.equals(bundle.getSymbolicName()))
                .toList();
        if (found.size() > 1) {
            throw new AdminException("several bundles are called " + word + ": "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(bundle -> Long.toString(bundle.getBundleId()))
                                    .toList()));
        }
        if (found.isEmpty()) {
            throw new AdminException("no bundle " + word + "; 'lb' lists them");
        }
        return found.get(0);
    }
}
