package org.penstock.core.session;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Command;
import org.penstock.api.command.Payload;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Statement;
import org.penstock.sql.Classification;
import org.penstock.sql.Classifier;
import org.penstock.sql.Dialect;

/** The one reusable view of the command that is being decided. */
final class CommandView implements Command {
    private final PayloadView payload = new PayloadView();
    private long number;
    private int code;
    private long length;
    private Charset charset = StandardCharsets.UTF_8;
    private List<Hint> hints = List.of();
    private @Nullable Classification statement;
    private static final ThreadLocal<Classifier> CLASSIFIER = ThreadLocal.withInitial(Classifier::new);

    void show(long commandNumber, Bytes bytes, int from, int available, long total) {
        number = commandNumber;
        code = bytes.unsignedAt(from);
        length = total;
        payload.show(bytes, from, available);
    }

    void charset(Charset used) {
        charset = used;
    }

    void hints(List<Hint> given) {
        hints = given;
    }

    void clear() {
        payload.clear();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Payload payload() {
        return payload;
    }

    @Override
    public boolean complete() {
        return payload.length() == length;
    }

    @Override
    public Statement statement() {
        Classification made = statement;
        if (made == null) {
            made = new Classification();
            statement = made;
        }
        byte[] bytes = payload.bytes();
        if (complete()) {
            CLASSIFIER.get().classify(bytes, 1, bytes.length, Dialect.DEFAULT, made);
        } else {
            CLASSIFIER.get().classifyHead(bytes, 1, bytes.length, Dialect.DEFAULT, made);
        }
        return made;
    }

    @Override
    public List<Hint> hints() {
        return hints;
    }

    @Override
    public String sql() {
        if (!hasSql()) {
            throw new IllegalStateException("command " + code + " carries no SQL text");
        }
        return payload.text(1, charset);
    }
}
