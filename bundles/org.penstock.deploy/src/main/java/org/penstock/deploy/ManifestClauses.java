package org.penstock.deploy;

import java.util.ArrayList;
import java.util.List;

/** The clauses of a manifest header, without attributes and directives. */
final class ManifestClauses {
    private ManifestClauses() {}

    /** Paths of a header such as {@code a;b;version="[1,2)",c}: a, b and c. */
    static List<String> paths(String header) {
        List<String> paths = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (!quoted && (c == ',' || c == ';')) {
                add(part, paths);
            } else {
                part.append(c);
            }
        }
        add(part, paths);
        return paths;
    }

    private static void add(StringBuilder part, List<String> paths) {
        String text = part.toString().strip();
        part.setLength(0);
        if (!text.isEmpty() && text.indexOf('=') < 0) {
            paths.add(text);
        }
    }
}
