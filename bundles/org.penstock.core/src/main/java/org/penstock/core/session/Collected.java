package org.penstock.core.session;

import java.util.Arrays;
import org.penstock.api.command.ReplyPart;

/** Packets of a reply that are kept back for one filter, in one array; counted against a budget. */
final class Collected {
    private static final int INITIAL = 1024;
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /** Receives the packets in order. */
    @FunctionalInterface
    interface Each {
        void packet(ReplyPart.Kind kind, boolean continuation, Bytes bytes, int pos, int length);
    }

    private final int slot;
    private final CollectBudget budget;
    private byte[] packets = new byte[INITIAL];
    private int filled;
    private ReplyPart.Kind[] kinds = new ReplyPart.Kind[16];
    private int count;
    private long rows;
    private long taken;
    private boolean withinBudget = true;

    Collected(int slot, CollectBudget budget) {
        this.slot = slot;
        this.budget = budget;
    }

    int slot() {
        return slot;
    }

    long bytes() {
        return filled;
    }

    long rows() {
        return rows;
    }

    /** Whether the budget allowed everything that was kept. */
    boolean withinBudget() {
        return withinBudget;
    }

    /** Keeps a packet with its header, whether the budget allows it or not. */
    void add(ReplyPart.Kind kind, Bytes bytes, int pos, int size) {
        if (packets.length - filled < size) {
            packets = Arrays.copyOf(packets, (int)
                    Math.min(MAX_ARRAY, Math.max((long) Math.addExact(filled, size), 2L * packets.length)));
        }
        bytes.copy(pos, packets, filled, size);
        filled += size;
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
        kinds[count++] = kind;
        rows += kind == ReplyPart.Kind.ROW ? 1 : 0;
        boolean fits = budget.take(size);
        taken += fits ? size : 0;
        withinBudget &= fits;
    }

    void forEach(Each each) {
        ArrayBytes all = new ArrayBytes(packets, 0, filled);
        int pos = 0;
        boolean continuation = false;
        for (int i = 0; i < count; i++) {
            int length = all.unsignedAt(pos) | all.unsignedAt(pos + 1) << 8 | all.unsignedAt(pos + 2) << 16;
            each.packet(kinds[i], continuation, all, pos, length);
            continuation = length == CommandPath.CONTINUED;
            pos += CommandPath.HEADER + length;
        }
    }

    void release() {
        budget.give(taken);
        taken = 0;
    }
}
