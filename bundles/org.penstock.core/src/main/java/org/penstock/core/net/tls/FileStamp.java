package org.penstock.core.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** By what a file is known to be the same as before: size, time of change and identity. A missing file has a stamp too. */
record FileStamp(long size, long changedNanos, String identity) {
    private static final FileStamp MISSING = new FileStamp(-1, 0, "");

    static Map<String, FileStamp> of(Collection<String> files) {
        Map<String, FileStamp> stamps = new TreeMap<>();
        files.forEach(file -> stamps.put(file, of(file)));
        return stamps;
    }

    private static FileStamp of(String file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            return new FileStamp(
                    attributes.size(),
                    attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
                    String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return MISSING;
        }
    }
}
