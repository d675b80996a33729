package org.penstock.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.penstock.api.admin.AdminException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder whose jars are to be the framework's bundles: of each symbolic name the highest version.
 *
 * <p>All that is remembered of the bundles is in the framework itself, in their locations. Thread-safe; a step may take as long as sessions need to move.
 */
final class DeployFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

    private final Path folder;
    private final BundleContext context;
    private final Upgrade upgrade;
    private final StableFiles files;
    private final Map<Path, StableFiles.State> settled = new HashMap<>();
    private final Map<Path, BundleFile> known = new HashMap<>();
    private final Set<BundleFile> refused = new HashSet<>();

    DeployFolder(Path folder, BundleContext context, Upgrade upgrade) {
        this.folder = folder.toAbsolutePath().normalize();
        this.context = context;
        this.upgrade = upgrade;
        this.files = new StableFiles(this.folder);
    }

    /** Looks at the folder once and brings the framework into line. */
    synchronized void scan() throws IOException {
        Map<Path, StableFiles.State> stable = files.look();
        settled.keySet().removeIf(path -> !files.present(path));
        known.keySet().removeIf(path -> !files.present(path));
        boolean changed = false;
        for (Map.Entry<Path, StableFiles.State> file : stable.entrySet()) {
            if (!file.getValue().equals(settled.get(file.getKey()))) {
                read(file.getKey(), file.getValue());
                changed = true;
            }
        }
        if (changed) {
            refused.clear();
        }
        if (changed || vanished()) {
            align();
        }
        retireIdle();
    }

    private void read(Path path, StableFiles.State state) {
        boolean replaced = settled.put(path, state) != null;
        try {
            BundleFile file = BundleFile.read(path);
            known.put(path, file);
            if (replaced) {
                updateInPlace(file);
            }
        } catch (AdminException e) {
            known.remove(path);
            LOG.atWarn().addKeyValue("file", path).log("not deployed: {}", e.getMessage());
        }
    }

    /** A file whose content changed while its version did not. */
    private void updateInPlace(BundleFile file) {
        for (Bundle bundle : deployed(file.name())) {
            if (bundle.getVersion().equals(file.version())) {
                LOG.atInfo().addKeyValue("bundle", file).log("same version with another content: updated in place");
                try (InputStream in = Files.newInputStream(file.path())) {
                    bundle.update(in);
                } catch (IOException | BundleException e) {
                    throw new AdminException(file + " cannot be updated: " + e.getMessage(), e);
                }
            }
        }
    }

    private boolean vanished() {
        return deployed().stream()
                .anyMatch(bundle -> !wanted().containsKey(bundle.getSymbolicName())
                        || (!isWanted(bundle)
                                && upgrade.active(bundle.getSymbolicName()).size() == 1));
    }

    private boolean isWanted(Bundle bundle) {
        BundleFile file = wanted().get(bundle.getSymbolicName());
        return file != null && file.version().equals(bundle.getVersion());
    }

    /** The highest version of each symbolic name. */
    private Map<String, BundleFile> wanted() {
        Map<String, BundleFile> wanted = new TreeMap<>();
        for (BundleFile file : known.values()) {
            wanted.merge(file.name(), file, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
        }
        return wanted;
    }

    private void align() {
        List<BundleFile> missing = new ArrayList<>();
        for (BundleFile file : wanted().values()) {
            if (!refused.contains(file)
                    && deployed(file.name()).stream().noneMatch(this::isWanted)
                    && !isOlderThanInstalled(file)) {
                missing.add(file);
            }
        }
        deployAll(missing);
        for (Bundle bundle : deployed()) {
            if (!wanted().containsKey(bundle.getSymbolicName()) && !files.present(fileOf(bundle))) {
                remove(bundle);
            }
        }
    }

    /** In any order, as long as one makes another possible. */
    private void deployAll(List<BundleFile> missing) {
        List<BundleFile> left = new ArrayList<>(missing);
        Map<BundleFile, String> reasons = new HashMap<>();
        boolean moved = true;
        while (moved && !left.isEmpty()) {
            moved = left.removeIf(file -> attempt(file, reasons));
        }
        for (BundleFile file : left) {
            refused.add(file);
            LOG.atWarn().addKeyValue("bundle", file).log("not deployed: {}", reasons.get(file));
        }
    }

    private boolean attempt(BundleFile file, Map<BundleFile, String> reasons) {
        try {
            deploy(file, line -> LOG.atInfo().addKeyValue("bundle", file).log(line));
            return true;
        } catch (AdminException e) {
            reasons.put(file, e.getMessage());
            return false;
        }
    }

    private boolean deploy(BundleFile file, Consumer<String> progress) {
        boolean complete = upgrade.run(file, progress);
        if (!file.signed()) {
            LOG.atWarn().addKeyValue("bundle", file).log("deployed without a signature");
        }
        return complete;
    }

    /** The distribution's own version is as new or newer; said once, when the file is first seen. */
    private boolean isOlderThanInstalled(BundleFile file) {
        for (Bundle bundle : upgrade.active(file.name())) {
            if (!isDeployed(bundle) && bundle.getVersion().compareTo(file.version()) >= 0) {
                LOG.atWarn()
                        .addKeyValue("bundle", file)
                        .log("not deployed: {} is installed already", bundle.getVersion());
                refused.add(file);
                return true;
            }
        }
        return false;
    }

    /** The file has gone: so does the bundle, and the distribution's own version, if it was stopped for it, returns. */
    private void remove(Bundle bundle) {
        String name = bundle.getSymbolicName();
        LOG.atInfo().addKeyValue("bundle", name + " " + bundle.getVersion()).log("removed from deploy/, uninstalled");
        try {
            Arrays.stream(context.getBundles())
                    .filter(other -> name.equals(other.getSymbolicName()) && !isDeployed(other))
                    .max(Comparator.comparing(Bundle::getVersion))
                    .ifPresent(DeployFolder::startAgain);
            upgrade.uninstall(bundle);
        } catch (AdminException e) {
            LOG.atWarn().addKeyValue("bundle", name).log(e.getMessage());
        }
    }

    private static void startAgain(Bundle bundle) {
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            throw new AdminException(bundle + " does not start again: " + e.getMessage(), e);
        }
    }

    /** Versions that were left with sessions when their successor came. */
    private void retireIdle() {
        for (BundleFile file : wanted().values()) {
            List<Bundle> active = upgrade.active(file.name());
            if (active.size() > 1 && active.stream().anyMatch(bundle -> isDeployed(bundle) && isWanted(bundle))) {
                for (Bundle bundle : active) {
                    if (!isWanted(bundle) && upgrade.idle(bundle)) {
                        upgrade.retire(bundle, LOG::info);
                    }
                }
            }
        }
    }

    /**
     * Copies a file into the folder and deploys it now.
     *
     * @throws AdminException if it is refused; the folder is as before then
     */
    synchronized void add(Path source, Consumer<String> progress) {
        BundleFile file = BundleFile.read(source);
        upgrade.check(file);
        boolean inside = folder.equals(source.toAbsolutePath().normalize().getParent());
        Path target = inside ? source.toAbsolutePath().normalize() : copy(file);
        progress.accept(inside ? "from " + target : "copied to " + target);
        BundleFile copy = BundleFile.read(target);
        try {
            deploy(copy, progress);
            known.put(target, copy);
        } catch (AdminException e) {
            if (!inside) {
                discard(target);
            }
            throw e;
        }
    }

    /** The name with the version appears when the file is complete. */
    private Path copy(BundleFile file) {
        Path target = folder.resolve(file.name() + "-" + file.version() + ".jar");
        Path part = folder.resolve("." + target.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            Files.copy(file.path(), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new AdminException(file.path() + " cannot be copied to " + target + ": " + e, e);
        }
    }

    private static void discard(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", target).log("cannot be removed again: {}", e.toString());
        }
    }

    private List<Bundle> deployed(String name) {
        return deployed().stream()
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .toList();
    }

    /** Bundles that came from the folder. */
    synchronized List<Bundle> deployed() {
        return Arrays.stream(context.getBundles())
                .filter(DeployFolder::isDeployed)
                .toList();
    }

    static boolean isDeployed(Bundle bundle) {
        return bundle.getLocation().startsWith(Upgrade.LOCATION);
    }

    private Path fileOf(Bundle bundle) {
        String location = bundle.getLocation();
        return folder.resolve(location.substring(Upgrade.LOCATION.length(), location.lastIndexOf('@')));
    }
}
