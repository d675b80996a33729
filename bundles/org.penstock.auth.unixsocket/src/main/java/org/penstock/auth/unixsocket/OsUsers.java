package org.penstock.auth.unixsocket;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import org.penstock.api.annotation.Blocking;

/** The users of the operating system, as its name service switch knows them. */
final class OsUsers {
    /** Longest name that is looked up. */
    static final int MAX_NAME = 256;

    private final FileSystem files = FileSystems.getDefault();

    /** Whether this is the number of the user of that name. False when there is no such user, or when that cannot be found out. */
    @Blocking
    boolean is(long uid, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || isNumber(name)) {
            return false;
        }
        try {
            return lookUp(name).equals(lookUp("+" + uid));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** What the look-up would take for a user's number where there is no such name. */
    private static boolean isNumber(String name) {
        return name.chars()
                .skip(name.startsWith("+") || name.startsWith("-") ? 1 : 0)
                .allMatch(Character::isDigit);
    }

    /** A principal is equal to another when their numbers are. */
    private UserPrincipal lookUp(String name) throws IOException {
        return files.getUserPrincipalLookupService().lookupPrincipalByName(name);
    }
}
