package org.penstock.shell;

import java.util.List;

/**
 * A verb of the shell: a component whose public methods, named like the verb, Gogo calls with the words behind it.
 *
 * <p>The methods return text, and refuse with an {@link org.penstock.api.admin.AdminException} or, for wrong words, a {@link UsageException}.
 */
public interface ShellCommand {
    /**
     * All words that may follow, of which the caller shows those that fit; one that ends in {@code =} wants a value behind it.
     *
     * @param words complete words between the verb and the one to complete
     */
    default List<String> candidates(List<String> words) {
        return List.of();
    }
}
