package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Hears of buffers that nobody has released. */
final class LeakWatch {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    private LeakWatch() {}

    static void begin() {
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + records));
    }

    /** Fails when one was lost. Reports come when a buffer is made after its lost predecessor was collected. */
    static void end() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        while (System.nanoTime() - deadline < 0 && LEAKS.isEmpty()) {
            System.gc();
            ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
            probe.release();
        }
        ByteBufUtil.setLeakListener(null);
        assertThat(LEAKS).isEmpty();
    }
}
