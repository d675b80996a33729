package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Operation;
import org.penstock.api.statement.Pin;
import org.penstock.api.statement.Placement;
import org.penstock.api.statement.TransactionEffect;
import org.penstock.api.statement.Types;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;

/**
 * Holds the classifier against a real server. What a read-only server refuses is a write. A change of session state that the server reports,
 * or that shows in its variables, must have been said by the text. Statements that make, fill and change tables also run through an account
 * that may write, so that later statements find what they name.
 */
final class Oracle implements AutoCloseable {

    private static final int READ_ONLY = 1290;
    private static final int READ_ONLY_TRANSACTION = 1792;
    private static final int LOCK_WAIT = 1205;
    private static final Pattern DROPS_DATABASE = Pattern.compile("(?i)drop\\s+(database|schema)\\b");
    private static final Pattern LOCK_FUNCTION =
            Pattern.compile("(get|release|is_free|is_used)_lock|release_all_locks", Pattern.CASE_INSENSITIVE);

    private final OracleServer server;
    private final Dialect dialect;
    private final Classifier classifier = new Classifier();
    private final Classification statement = new Classification();
    private final OracleCounts counts = new OracleCounts();
    private final ViewDefinitions views;

    Oracle(int port, String user, String password, Dialect dialect) throws IOException {
        this.dialect = dialect;
        server = new OracleServer(port, user, password);
        views = new ViewDefinitions(server);
    }

    OracleCounts counts() {
        return counts;
    }

    /** Judges the statements of one file, in an empty database. */
    void judge(String file, List<String> statements) throws IOException {
        server.clean();
        String last = "";
        try (ProbedSession session = new ProbedSession(server, dialect);
                Builder builder = new Builder()) {
            for (String text : statements) {
                byte[] sql = text.getBytes(StandardCharsets.ISO_8859_1);
                classifier.classify(sql, 0, sql.length, session.dialect(), statement);
                if (leaveOut(text)) {
                    continue;
                }
                boolean said = saysStateChange();
                if (said && session.hasMoved()) {
                    counts.missedState.add(file + ": before " + text + ", behind " + last);
                } else if (!said) {
                    session.remember();
                }
                StateClient.Answer answer = session.run(sql);
                if (answer != null) {
                    String what = describe(file, text, answer);
                    judgeAnswer(session, answer, what, text);
                    judgeState(session, answer, what, said);
                    if (!said && statement.has(Flags.UNKNOWN_FUNCTION) && session.hasMoved()) {
                        // By a user variable, of which servers report nothing.
                        counts.byRoutine.add(what);
                    }
                }
                last = text;
                if (builds()) {
                    builder.run(sql, session);
                }
            }
            if (session.hasMoved()) {
                counts.missedState.add(file + ": at its end, behind " + last);
            }
        }
    }

    /** The account that may write. */
    private final class Builder implements AutoCloseable {
        private StateClient client = server.builder();

        Builder() throws IOException {}

        void run(byte[] sql, ProbedSession session) throws IOException {
            try {
                session.endTransaction();
                if (client.query(sql).error() == LOCK_WAIT) {
                    session.renew();
                    client.query(sql);
                }
                if (DROPS_DATABASE
                        .matcher(new String(sql, StandardCharsets.ISO_8859_1))
                        .lookingAt()) {
                    // It may have been the session's own.
                    session.renew();
                }
            } catch (IOException lost) {
                client.close();
                client = server.builder();
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** What would change the measuring itself. */
    private boolean leaveOut(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return statement.operation() == Operation.KILL
                || lower.contains("session_track")
                || lower.contains("max_statement_time")
                || lower.contains("sleep(")
                || lower.contains("benchmark(")
                || lower.contains("shutdown")
                || lower.startsWith("set password")
                // Outlives its session, with its locks.
                || lower.matches("xa\\s+prepare.*");
    }

    /** Settings too, since later definitions depend on them; but not accounts, and each statement commits. */
    private boolean builds() {
        if (statement.has(Flags.MULTI_STATEMENT)) {
            return false;
        }
        return switch (statement.operation()) {
            case CREATE_TABLE,
                    CREATE,
                    INSERT,
                    ALTER_TABLE,
                    ALTER,
                    DROP_TABLE,
                    UPDATE,
                    DROP,
                    DELETE,
                    TRUNCATE,
                    CHANGE_DB -> true;
            case SET ->
                !statement.is(Types.WRITE | Types.NEXT_TRX | Types.GSYSVAR_WRITE)
                        && statement.transactionEffect() == TransactionEffect.NONE;
            default -> false;
        };
    }

    private String describe(String file, String text, StateClient.Answer answer) {
        return file + ": " + text.replace('\n', ' ') + "  => " + statement.operation() + " "
                + Types.toString(statement.types()) + " [" + Flags.toString(statement.flags()) + "] server: "
                + answer.error() + " " + answer.message() + " " + answer.report();
    }

    private void judgeAnswer(ProbedSession session, StateClient.Answer answer, String what, String text)
            throws IOException {
        counts.statements++;
        Placement placement = Placement.of(statement);
        boolean refused = answer.error() == READ_ONLY && answer.message().contains("read-only")
                || answer.error() == READ_ONLY_TRANSACTION;
        if (refused) {
            counts.refused++;
            if (placement != Placement.PRIMARY && placement != Placement.PREPARED) {
                boolean view = views.write(text, session.database(), session.dialect());
                (view ? counts.behindViews : counts.unsafe).add(what);
            }
        } else if (answer.error() != 0) {
            counts.failed++;
        } else {
            counts.ran++;
            boolean select = statement.operation() == Operation.SELECT;
            if (select && answer.report().isEmpty() && !isPolicy(text)) {
                counts.selects++;
                if (placement != Placement.ANY) {
                    counts.keptFromReplicas.add(what);
                }
            }
        }
    }

    /** Whether it belongs to the primary although the server would run it anywhere. */
    private boolean isPolicy(String text) {
        return LOCK_FUNCTION.matcher(text).find()
                || statement.has(Flags.LOCKING
                        | Flags.INTO_VARIABLE
                        | Flags.INTO_FILE
                        | Flags.MULTI_STATEMENT
                        | Flags.RELATES_TO_PREVIOUS)
                || statement.is(Types.MASTER_READ | Types.USERVAR_WRITE);
    }

    /** What nobody reported, as behind an error, shows when the state is compared the next time. */
    private void judgeState(ProbedSession session, StateClient.Answer answer, String what, boolean said)
            throws IOException {
        boolean reported = !answer.report().isEmpty();
        if (said) {
            counts.saidReports += reported ? 1 : 0;
            return;
        }
        if (!reported) {
            return;
        }
        if (session.hasMoved()) {
            (statement.has(Flags.UNKNOWN_FUNCTION) ? counts.byRoutine : counts.missedState).add(what);
        } else if (answer.report().changes.isEmpty()) {
            counts.idleReports++;
        } else {
            counts.undoneReports++;
        }
    }

    private boolean saysStateChange() {
        return switch (Placement.of(statement)) {
            case ALL, NEXT_TRANSACTION, PREPARED -> true;
            default ->
                statement.has(Flags.SET_WITH_EFFECTS
                                | Flags.TEMPORARY
                                | Flags.MULTI_STATEMENT
                                | Flags.COMPOUND
                                | Flags.DYNAMIC_TEXT)
                        || statement.is(Types.USERVAR_WRITE)
                        || statement.pin() != Pin.NONE
                        || statement.transactionEffect() != TransactionEffect.NONE;
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
