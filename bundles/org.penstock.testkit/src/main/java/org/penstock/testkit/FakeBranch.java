package org.penstock.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.Branch;

/** A branch that keeps what was sent; the test ends its commands in order. */
public final class FakeBranch implements Branch {
    private final List<byte[]> sent = new ArrayList<>();
    private final Queue<Consumer<Result>> inFlight = new ArrayDeque<>();
    private boolean open = true;

    /** Command payloads sent so far. */
    public List<byte[]> sent() {
        return List.copyOf(sent);
    }

    /** Ends the oldest command in flight. */
    public void end(long rows, @Nullable SqlError error) {
        inFlight.remove().accept(new Result(rows, error));
    }

    @Override
    public void send(byte[] command, Consumer<Result> ended) {
        if (!open || inFlight.size() >= MAX_IN_FLIGHT) {
            open = false;
            ended.accept(new Result(0, SqlError.general("the branch is closed")));
            return;
        }
        sent.add(command);
        inFlight.add(ended);
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
