package org.penstock.core.session;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.penstock.api.command.Command;
import org.penstock.api.command.Payload;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Statement;

/** The one reusable view of the command that is being decided. */
final class CommandView implements Command {
    private final Supplier<Statement> statement;
    private final PayloadView payload = new PayloadView();
    private long number;
    private int code;
    private long length;
    private Charset charset = StandardCharsets.UTF_8;
    private List<Hint> hints = List.of();

    CommandView(Supplier<Statement> statement) {
        this.statement = statement;
    }

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
        return statement.get();
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
