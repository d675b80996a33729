package org.penstock.shell.console;

import java.io.IOException;
import java.io.OutputStream;

/** One of the two output streams of a Gogo session; what is written while no command runs has no reader and is dropped. */
final class CommandOutput extends OutputStream {
    private final FrameWriter writer;
    private final String kind;
    private volatile boolean open;

    CommandOutput(FrameWriter writer, String kind) {
        this.writer = writer;
        this.kind = kind;
    }

    void open(boolean now) {
        open = now;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!open || LogLines.writing()) {
            return;
        }
        writer.output(kind, bytes, offset, length);
    }
}
