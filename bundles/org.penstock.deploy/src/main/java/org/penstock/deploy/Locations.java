package org.penstock.deploy;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.penstock.api.admin.AdminException;

/** Files of bundles as operators name them: by path or by URL. */
final class Locations {
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

    private Locations() {}

    /** The file, which must exist; a relative path begins at the session's directory. */
    static Path path(CommandSession session, String word) {
        String text = word.startsWith("file:") ? word.substring("file:".length()) : word;
        Path path = session.currentDir().resolve(text).normalize();
        if (!Files.isRegularFile(path)) {
            throw new AdminException("there is no file " + path);
        }
        return path;
    }

    /** The URL for a path or a URL. */
    static URL url(CommandSession session, String word) {
        try {
            return SCHEME.matcher(word).matches() && !word.startsWith("file:")
                    ? URI.create(word).toURL()
                    : path(session, word).toUri().toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new AdminException("'" + word + "' is neither a file nor a URL: " + e.getMessage(), e);
        }
    }
}
