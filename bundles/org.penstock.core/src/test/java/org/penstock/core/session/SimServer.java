package org.penstock.core.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.TextResultSet;

/** A server's end of one connection: takes commands in packets, answers as they say, remembers what it got. */
final class SimServer {
    final Link link;
    private final Simulation sim;
    private final PacketStream in = new PacketStream();
    private final ArrayDeque<byte[]> out = new ArrayDeque<>();
    private SimCommand awaitsFile;
    private int lastId;
    boolean reading = true;
    boolean lost;

    SimServer(Simulation sim, Link link) {
        this.sim = sim;
        this.link = link;
    }

    void receive(byte[] bytes) {
        in.add(bytes);
        while (awaitsFile != null ? content() : command()) {
            // until what is there is used up
        }
    }

    private boolean command() {
        PacketStream.Packet packet = in.nextPayload();
        if (packet == null) {
            return false;
        }
        if (packet.sequence() != 0) {
            throw new AssertionError("a command has number " + packet.sequence());
        }
        byte[] payload = packet.payload();
        int code = payload[0] & 0xFF;
        SimCommand command = SimCommand.parse(payload);
        if (command == null) {
            plain(code, payload);
            return true;
        }
        if (!Arrays.equals(command.payload(), payload)) {
            throw new AssertionError("command " + command + " came changed");
        }
        if (command.id() <= lastId) {
            throw new AssertionError("command " + command + " came behind " + lastId);
        }
        lastId = command.id();
        sim.arrived(this, command);
        if (command.kind().equals("infile")) {
            add(1, command.reply(sim.capabilities).subList(0, 1));
            awaitsFile = command;
        } else {
            add(1, command.reply(sim.capabilities));
        }
        return true;
    }

    private void plain(int code, byte[] payload) {
        if (code == CommandType.QUERY) {
            String name = link.server().name();
            int sequence = 1;
            for (byte[] part : TextResultSet.ofStrings(List.of("q"), List.of(List.of(name)))
                    .encode(sim.capabilities, SimReply.AUTOCOMMIT, 0)) {
                out.add(PacketWriter.frame(sequence++, part));
            }
        } else {
            throw new AssertionError("command " + code + " of " + payload.length + " bytes");
        }
    }

    private boolean content() {
        PacketStream.Packet packet = in.next();
        if (packet == null) {
            return false;
        }
        if (packet.payload().length == 0) {
            SimCommand command = awaitsFile;
            awaitsFile = null;
            add(packet.sequence() + 1, command.reply(sim.capabilities).subList(1, 2));
        } else {
            sim.fileBytes += packet.payload().length;
        }
        return true;
    }

    private void add(int first, List<SimReply.Part> parts) {
        int sequence = first;
        for (SimReply.Part part : parts) {
            out.add(PacketWriter.frame(sequence, part.payload()));
            sequence += PacketWriter.packets(part.payload().length);
        }
    }

    boolean hasOutput() {
        return !out.isEmpty() && reading && !lost;
    }

    @Override
    public String toString() {
        return link.server().name() + " out " + out.size() + ", in " + in.pending() + ", reading " + reading + ", lost "
                + lost + ", last " + lastId;
    }

    /** Up to some bytes of what it has to say. */
    byte[] output(Random random) {
        int packets = 1 + random.nextInt(Math.min(out.size(), 12));
        PacketWriter joined = new PacketWriter(256);
        for (int i = 0; i < packets; i++) {
            joined.writeBytes(out.poll());
        }
        byte[] all = joined.toByteArray();
        if (random.nextInt(3) == 0) {
            return all;
        }
        int cut = 1 + random.nextInt(all.length);
        if (cut < all.length) {
            out.addFirst(Arrays.copyOfRange(all, cut, all.length));
        }
        return Arrays.copyOf(all, cut);
    }
}
