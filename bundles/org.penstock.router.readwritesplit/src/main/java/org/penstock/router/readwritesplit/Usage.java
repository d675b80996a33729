package org.penstock.router.readwritesplit;

import java.util.ArrayList;
import java.util.List;

/** The servers that one session uses, for the count of sessions by server. */
final class Usage {
    private final Figures figures;
    private final List<String> used = new ArrayList<>(4);

    Usage(Figures figures) {
        this.figures = figures;
    }

    void add(String server) {
        if (!used.contains(server)) {
            used.add(server);
            figures.use(server, 1);
        }
    }

    void drop(String server) {
        if (used.remove(server)) {
            figures.use(server, -1);
        }
    }

    void dropAll() {
        used.forEach(server -> figures.use(server, -1));
        used.clear();
    }
}
