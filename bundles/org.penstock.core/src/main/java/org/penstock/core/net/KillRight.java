package org.penstock.core.net;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.Server;

/** Whether an account may kill what belongs to others, read from its grants; for sessions that no server can be asked about. */
final class KillRight {
    private static final List<String> PRIVILEGES =
            List.of("ALL PRIVILEGES", "SUPER", "CONNECTION ADMIN", "CONNECTION_ADMIN");

    private KillRight() {}

    /** Asks a server with the account of the session's client; false where none answers. */
    static CompletionStage<Boolean> of(NettySession session) {
        for (ServerView view : session.frontend().servers()) {
            Server server = session.frontend().server(view.name());
            if (server != null && view.usable()) {
                return Interrogation.ask(session, server, "SHOW GRANTS").handle((grants, failure) -> granted(grants));
            }
        }
        return CompletableFuture.completedFuture(false);
    }

    /** Whether lines of SHOW GRANTS have one of the privileges for everything. */
    static boolean granted(@Nullable QueryResult grants) {
        if (grants == null) {
            return false;
        }
        for (List<@Nullable String> row : grants.rows()) {
            String line = String.valueOf(row.get(0)).toUpperCase(Locale.ROOT);
            int on = line.indexOf(" ON ");
            if (line.startsWith("GRANT ") && on > 0 && line.startsWith(" ON *.* TO ", on)) {
                String privileges = line.substring("GRANT ".length(), on);
                // Names of columns stand in brackets and quotes, and may have any words in them.
                if (privileges.indexOf('(') >= 0 || privileges.indexOf('`') >= 0) {
                    continue;
                }
                for (String privilege : privileges.split(",")) {
                    if (PRIVILEGES.contains(privilege.strip())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
