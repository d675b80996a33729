package org.penstock.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Statement;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;

/** One command of a client. */
public final class FakeCommand implements Command {
    private final long number;
    private final byte[] whole;
    private final FakePayload view;
    private final Classification statement = new Classification();
    private List<Hint> hints = List.of();

    private FakeCommand(long number, byte[] whole, int inView) {
        this.number = number;
        this.whole = whole;
        this.view = new FakePayload(Arrays.copyOf(whole, inView));
    }

    /** A COM_QUERY with that text in UTF-8. */
    public static FakeCommand query(String sql) {
        return of(COM_QUERY, sql.getBytes(StandardCharsets.UTF_8));
    }

    /** A COM_STMT_PREPARE with that text in UTF-8. */
    public static FakeCommand prepare(String sql) {
        return of(COM_STMT_PREPARE, sql.getBytes(StandardCharsets.UTF_8));
    }

    /** A command of any kind: its command byte and what follows. */
    public static FakeCommand of(int code, byte... rest) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code);
        payload.writeBytes(rest);
        byte[] whole = payload.toByteArray();
        return new FakeCommand(1, whole, whole.length);
    }

    /** The same command with another number. */
    public FakeCommand numbered(long other) {
        return new FakeCommand(other, whole, whole.length).hinted(hints);
    }

    /** The command as a module with that interest sees it. */
    public FakeCommand seenWith(CommandInterest interest) {
        return new FakeCommand(number, whole, Math.min(whole.length, interest.limit())).hinted(hints);
    }

    /** Gives the command hints, as filters before the module would. */
    public FakeCommand hinted(Hint... given) {
        return hinted(List.of(given));
    }

    private FakeCommand hinted(List<Hint> given) {
        hints = given;
        return this;
    }

    /** The whole payload, whatever is in view. */
    public byte[] bytes() {
        return whole.clone();
    }

    /** Ends the loan of the view. */
    public void expire() {
        view.expire();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int code() {
        return whole[0] & 0xFF;
    }

    @Override
    public long length() {
        return whole.length;
    }

    @Override
    public FakePayload payload() {
        return view;
    }

    @Override
    public boolean complete() {
        return view.length() == whole.length;
    }

    /** The class of the text in view, as MariaDB 10.11 with default settings reads it; that of an empty statement for a command without text. */
    @Override
    public Statement statement() {
        byte[] text = hasSql() ? view.bytes() : new byte[1];
        Classifier classifier = new Classifier();
        if (!complete()) {
            classifier.classifyHead(text, 1, text.length, Dialect.DEFAULT, statement);
        } else if (code() == COM_STMT_PREPARE) {
            classifier.classifyPrepared(text, 1, text.length, Dialect.DEFAULT, statement);
        } else {
            classifier.classify(text, 1, text.length, Dialect.DEFAULT, statement);
        }
        return statement;
    }

    @Override
    public List<Hint> hints() {
        return hints;
    }

    @Override
    public String sql() {
        if (!hasSql()) {
            throw new IllegalStateException("command " + code() + " carries no SQL text");
        }
        return view.text(1, StandardCharsets.UTF_8);
    }
}
