package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.penstock.api.statement.Types;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;
import org.penstock.sql.Structure;
import org.penstock.sql.StructureScanner;

/** The definitions of the views that a statement reads, classified: whether one of them, or of those behind it, is a write. */
final class ViewDefinitions {

    private static final int MAX_DEPTH = 8;

    private final OracleServer server;
    private final Classifier classifier = new Classifier();
    private final Classification definition = new Classification();
    private final StructureScanner scanner = new StructureScanner();

    ViewDefinitions(OracleServer server) {
        this.server = server;
    }

    boolean write(String text, String database, Dialect dialect) throws IOException {
        return writes(text, database, dialect, 0);
    }

    private boolean writes(String text, String database, Dialect dialect, int depth) throws IOException {
        byte[] sql = text.getBytes(StandardCharsets.ISO_8859_1);
        for (Structure.Table table :
                scanner.scan(sql, 0, sql.length, dialect, 0).tables()) {
            String schema = table.database() == null ? database : table.database();
            String view = depth < MAX_DEPTH ? server.view(schema, table.name()) : null;
            if (view != null) {
                byte[] bytes = view.getBytes(StandardCharsets.ISO_8859_1);
                classifier.classify(bytes, 0, bytes.length, Dialect.DEFAULT, definition);
                if (definition.is(Types.WRITE) || writes(view, schema, Dialect.DEFAULT, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }
}
