package org.penstock.core.session.state;

import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;
import org.penstock.sql.SessionEffect;
import org.penstock.sql.SessionEffectScanner;
import org.penstock.sql.Structure;
import org.penstock.sql.StructureCache;
import org.penstock.sql.StructureScanner;
import org.penstock.wire.CommandType;

/** What classifies the statements of all sessions of one event loop. A result is valid until the next statement of any of them. */
public final class StatementReader {
    /** Bytes of the buffer for texts that are kept; longer texts get one of their own. */
    static final int KEPT = 64 * 1024;

    private static final int FIRST = 1024;

    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();
    private final StructureScanner scanner = new StructureScanner();
    private final StructureCache structures = new StructureCache();
    private final SessionEffectScanner effects = new SessionEffectScanner();
    private byte[] buffer = new byte[FIRST];

    /** An array of at least that length for the payload of the next command. */
    public byte[] buffer(int length) {
        if (length > KEPT) {
            return new byte[length];
        }
        if (length > buffer.length) {
            buffer = new byte[Math.min(KEPT, Math.max(length, 2 * buffer.length))];
        }
        return buffer;
    }

    /** Classifies the text behind the command byte of a payload of {@code length} bytes; in the result places are of the payload. */
    public Classification classify(byte[] payload, int length, boolean complete, Dialect dialect) {
        if (!complete) {
            classifier.classifyHead(payload, 1, length, dialect, statement);
        } else if (payload[0] == CommandType.STMT_PREPARE) {
            classifier.classifyPrepared(payload, 1, length, dialect, statement);
        } else {
            classifier.classify(payload, 1, length, dialect, statement);
        }
        return statement;
    }

    /** The structure of the statement that was just classified from the same bytes. */
    public Structure structure(byte[] payload, int length, Dialect dialect) {
        return structures.get(payload, 1, length, dialect, statement);
    }

    /** What the text behind the command byte of a payload sets in its session. */
    public SessionEffect effect(byte[] payload, Dialect dialect) {
        return effects.scan(payload, 1, payload.length, dialect);
    }

    /** The structure of a statement whose literals count. */
    public Structure exactStructure(byte[] payload, int length, Dialect dialect) {
        return scanner.scan(payload, 1, length, dialect, 0);
    }
}
