package org.penstock.sql.oracle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a server reports about its session behind one statement: variables and database by name, and the mere fact of a change. */
final class SessionReport {

    private static final int VARIABLES = 0;
    private static final int SCHEMA = 1;
    private static final int STATE = 2;

    /** The database is under the name {@code schema}. */
    final Map<String, String> changes = new TreeMap<>();

    boolean changed;

    boolean isEmpty() {
        return changes.isEmpty() && !changed;
    }

    /** Adds the part of an OK packet that session tracking fills, without its length. */
    void add(byte[] packet, int from) {
        try {
            read(packet, from);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalStateException(HexFormat.of().formatHex(packet) + " from " + from, e);
        }
    }

    private void read(byte[] packet, int from) {
        ByteBuffer all = ByteBuffer.wrap(packet, from, packet.length - from).order(ByteOrder.LITTLE_ENDIAN);
        while (all.hasRemaining()) {
            int type = all.get() & 0xff;
            ByteBuffer entry = part(all);
            switch (type) {
                case VARIABLES -> {
                    while (entry.hasRemaining()) {
                        String name = text(entry);
                        changes.put(name, text(entry));
                    }
                }
                case SCHEMA -> changes.put("schema", text(entry));
                // MySQL puts a length before the digit, MariaDB does not.
                case STATE -> changed |= entry.get(entry.limit() - 1) == '1';
                default -> {}
            }
        }
    }

    private static String text(ByteBuffer from) {
        ByteBuffer part = part(from);
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer part(ByteBuffer from) {
        int first = from.get() & 0xff;
        int length =
                switch (first) {
                    case 0xfb -> 0;
                    case 0xfc -> from.getShort() & 0xffff;
                    case 0xfd -> (from.getShort() & 0xffff) | (from.get() & 0xff) << 16;
                    default -> first;
                };
        ByteBuffer part = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        part.limit(length);
        from.position(from.position() + length);
        return part;
    }

    @Override
    public String toString() {
        return (changed ? "state " : "") + changes;
    }
}
