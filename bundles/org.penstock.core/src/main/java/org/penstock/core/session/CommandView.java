package org.penstock.core.session;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.penstock.api.command.Command;
import org.penstock.api.command.Payload;

/** The one reusable view of the command that is being decided. */
final class CommandView implements Command {
    private final PayloadView payload = new PayloadView();
    private long number;
    private int code;
    private long length;
    private Charset charset = StandardCharsets.UTF_8;

    void show(long commandNumber, Bytes bytes, int from, int available, long total) {
        number = commandNumber;
        code = bytes.unsignedAt(from);
        length = total;
        payload.show(bytes, from, available);
    }

    void charset(Charset used) {
        charset = used;
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
    public String sql() {
        if (!hasSql()) {
            throw new IllegalStateException("command " + code + " carries no SQL text");
        }
        return payload.text(1, charset);
    }
}
