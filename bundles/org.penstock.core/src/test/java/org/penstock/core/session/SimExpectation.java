package org.penstock.core.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.penstock.wire.packet.ErrPacket;

/** One payload that a client waits for. */
record SimExpectation(String what, Predicate<byte[]> test) {
    /** Rows that the filter {@code probe} lets a collected reply have. */
    static final int MAX_COLLECTED = 4;

    boolean fits(byte[] payload) {
        return test.test(payload);
    }

    static SimExpectation exactly(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.ISO_8859_1);
        return new SimExpectation("exactly " + text, payload -> Arrays.equals(payload, bytes));
    }

    static SimExpectation ok(int affected) {
        return new SimExpectation("ok " + affected, payload -> payload[0] == 0 && (payload[1] & 0xFF) == affected);
    }

    static SimExpectation error(int code) {
        return new SimExpectation(
                "error " + code,
                payload ->
                        (payload[0] & 0xFF) == 0xFF && ErrPacket.decode(payload).code() == code);
    }

    /** What the client should get when the router's slot, and the probe's where {@code probed}, did as the command says. */
    static List<SimExpectation> of(SimCommand asked, boolean probed, long capabilities) {
        SimCommand command = probed && asked.has("@rewrite") ? asked.with(asked.n() + 1) : asked;
        if (asked.code() == org.penstock.wire.CommandType.CHANGE_USER) {
            return List.of(ok(77));
        }
        if (probed && asked.has("@answer")) {
            return List.of(ok(9));
        }
        if (probed && asked.has("@fail")) {
            return List.of(error(4001));
        }
        boolean instead = probed && asked.has("@instead");
        if (instead && (command.has("@ranswer") || command.has("@rfail"))) {
            return List.of(ok(7));
        }
        if (command.has("@ranswer")) {
            return List.of(ok(8));
        }
        if (command.has("@rfail")) {
            return List.of(error(4002));
        }
        List<SimReply.Part> parts =
                command.has("@stream") ? SimRouter.streamed(command, capabilities) : command.reply(capabilities);
        return probed ? filtered(command, parts) : plain(parts);
    }

    private static List<SimExpectation> plain(List<SimReply.Part> parts) {
        return parts.stream().map(part -> exactly(part.payload())).toList();
    }

    private static List<SimExpectation> filtered(SimCommand command, List<SimReply.Part> parts) {
        long rows = parts.stream().filter(SimReply.Part::row).count();
        if (command.has("@collect") && rows > MAX_COLLECTED && !command.has("@overflowpass")) {
            return List.of(ok(7));
        }
        if (command.has("@instead")) {
            return List.of(ok(7));
        }
        List<SimExpectation> expected = new ArrayList<>();
        int row = 0;
        for (SimReply.Part part : parts) {
            row += part.row() ? 1 : 0;
            if (part.row() && command.has("@rowfail") && row == 3) {
                expected.add(error(4003));
                return expected;
            }
            if (part.row() && command.has("@drop") && row % 2 == 0) {
                continue;
            }
            expected.add(exactly(part.row() && command.has("@replace") ? replaced(part.payload()) : part.payload()));
        }
        return expected;
    }

    static byte[] replaced(byte[] row) {
        byte[] other = row.clone();
        other[other.length - 1] = '!';
        return other;
    }
}
