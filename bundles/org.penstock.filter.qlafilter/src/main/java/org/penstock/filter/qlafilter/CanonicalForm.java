package org.penstock.filter.qlafilter;

import java.nio.charset.Charset;
import org.penstock.api.command.Payload;
import org.penstock.api.session.SessionView;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Dialect;
import org.penstock.sql.SqlMode;
import org.penstock.wire.Charsets;
import org.penstock.wire.ServerStatus;

/** The canonical form of a session's statements, by the quotes of its {@code sql_mode} and its character set. */
final class CanonicalForm {
    private final SessionView session;
    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();

    CanonicalForm(SessionView session) {
        this.session = session;
    }

    /** Of the statement behind the command byte. */
    String of(Payload payload) {
        byte[] bytes = payload.bytes();
        Charset charset = Charsets.of(session.charset());
        classifier.classify(bytes, 1, bytes.length, dialect(charset), statement);
        return new String(statement.canonicalBytes(), 0, statement.canonicalLength(), charset);
    }

    private Dialect dialect(Charset charset) {
        int status = session.serverStatus();
        int mode = ((status & ServerStatus.NO_BACKSLASH_ESCAPES) == 0 ? 0 : SqlMode.NO_BACKSLASH_ESCAPES)
                | ((status & ServerStatus.ANSI_QUOTES) == 0 ? 0 : SqlMode.ANSI_QUOTES);
        return Dialect.DEFAULT.withSqlMode(mode).withCharset(ClientCharset.of(charset));
    }
}
