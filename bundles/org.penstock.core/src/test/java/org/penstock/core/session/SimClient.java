package org.penstock.core.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ErrPacket;

/** The client's end: sends commands, some of them before the replies to earlier ones, and checks every packet that comes back. */
final class SimClient {
    private final Simulation sim;
    private final List<SimCommand> commands;
    private final PacketStream in = new PacketStream();
    private final ArrayDeque<SimCommand> waiting = new ArrayDeque<>();
    private final int window;
    private byte[] sending = new byte[0];
    private int sent;
    private int next;
    private boolean fileAsked;
    private int sequence = 1;
    private int part;
    private boolean alone;

    SimClient(Simulation sim, List<SimCommand> commands, int window) {
        this.sim = sim;
        this.commands = commands;
        this.window = window;
    }

    boolean done() {
        return next == commands.size() && waiting.isEmpty() && sent == sending.length;
    }

    boolean betweenCommands() {
        return sent == sending.length;
    }

    SimCommand awaited() {
        return waiting.peek();
    }

    boolean canSend() {
        if (sent < sending.length) {
            return true;
        }
        if (fileAsked) {
            return true;
        }
        if (next == commands.size() || waiting.size() >= window || (alone && !waiting.isEmpty())) {
            return false;
        }
        return !single(commands.get(next)) || waiting.isEmpty();
    }

    /** Whether a client sends this one with nothing else in flight. */
    private static boolean single(SimCommand command) {
        return command.kind().equals("infile") || command.code() == CommandType.CHANGE_USER;
    }

    byte[] send(Random random) {
        if (sent == sending.length) {
            fill(random);
        }
        int left = sending.length - sent;
        int count = random.nextInt(3) == 0 ? left : 1 + random.nextInt(left);
        byte[] bytes = Arrays.copyOfRange(sending, sent, sent + count);
        sent += count;
        return bytes;
    }

    private void fill(Random random) {
        PacketWriter writer = new PacketWriter(256);
        if (fileAsked) {
            fileAsked = false;
            int number = sequence;
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] content = new byte[1 + random.nextInt(300)];
                sim.fileSent += content.length;
                writer.writeBytes(PacketWriter.frame(number++, content));
            }
            writer.writeBytes(PacketWriter.frame(number++, new byte[0]));
            sequence = number & 0xFF;
        } else {
            int count = 1 + random.nextInt(3);
            while (count-- > 0 && next < commands.size() && waiting.size() < window && !alone) {
                SimCommand command = commands.get(next);
                if (single(command) && !waiting.isEmpty()) {
                    break;
                }
                next++;
                writer.writeBytes(command.framed());
                if (command.replies()) {
                    waiting.add(command);
                    alone = single(command);
                }
            }
        }
        sending = writer.toByteArray();
        sent = 0;
    }

    void receive(byte[] bytes) {
        in.add(bytes);
        for (PacketStream.Packet packet = in.nextPayload(); packet != null; packet = in.nextPayload()) {
            SimCommand command = waiting.peek();
            if (command == null) {
                unasked(packet);
                continue;
            }
            if (packet.sequence() != sequence) {
                throw new AssertionError("packet " + packet.sequence() + " where " + sequence + " should be, part "
                        + part + " of the reply to " + command + ": " + Arrays.toString(packet.payload()));
            }
            sequence = (sequence + PacketWriter.packets(packet.payload().length)) & 0xFF;
            check(command, packet.payload());
        }
    }

    private void unasked(PacketStream.Packet packet) {
        if ((packet.payload()[0] & 0xFF) == 0xFF
                && packet.sequence() == 1
                && sim.mayFail(null, ErrPacket.decode(packet.payload()))) {
            return;
        }
        throw new AssertionError("a packet that answers nothing: " + Arrays.toString(packet.payload()));
    }

    private void check(SimCommand command, byte[] payload) {
        List<SimExpectation> expected = sim.expected(command);
        if (part < expected.size() && expected.get(part).fits(payload)) {
            if ((payload[0] & 0xFF) == 0xFB && command.kind().equals("infile")) {
                fileAsked = true;
            }
            if (++part == expected.size()) {
                answered();
            }
            return;
        }
        if ((payload[0] & 0xFF) == 0xFF && sim.mayFail(command, ErrPacket.decode(payload))) {
            answered();
            return;
        }
        List<String> all = new ArrayList<>();
        expected.forEach(e -> all.add(e.what()));
        String found = (payload[0] & 0xFF) == 0xFF ? ErrPacket.decode(payload).toString() : Arrays.toString(payload);
        throw new AssertionError("part " + part + " of the reply to " + command + " should be one of " + all + ", is "
                + (found.length() > 500 ? found.substring(0, 500) : found));
    }

    private void answered() {
        sim.answered(waiting.poll());
        alone = false;
        part = 0;
        sequence = 1;
    }
}
