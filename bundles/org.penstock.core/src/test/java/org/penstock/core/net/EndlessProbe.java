package org.penstock.core.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.router.AnswerSource;
import org.penstock.wire.packet.TextResultSet;

/** A result whose rows never end, counted as they are pulled. */
final class EndlessProbe implements AnswerSource {
    static final String VALUE = "0123456789abcdef".repeat(64);

    final AtomicLong given = new AtomicLong();
    final AtomicInteger cancelled = new AtomicInteger();
    private final List<byte[]> header;
    private final byte[] row;
    private boolean begun;

    EndlessProbe(long capabilities) {
        List<byte[]> whole = TextResultSet.ofText(
                        List.of("v"), List.of(List.of(VALUE.getBytes(StandardCharsets.US_ASCII))))
                .encode(capabilities, 2, 0);
        header = whole.subList(0, whole.size() - 2);
        row = whole.get(whole.size() - 2);
    }

    @Override
    public void pull(Sink sink) {
        if (!begun) {
            begun = true;
            header.forEach(sink::packet);
        }
        do {
            given.addAndGet(row.length);
        } while (sink.packet(row.clone()));
    }

    @Override
    public void cancel() {
        cancelled.incrementAndGet();
    }
}
