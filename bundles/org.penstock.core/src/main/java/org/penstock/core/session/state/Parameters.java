package org.penstock.core.session.state;

import org.penstock.wire.ByteSource;
import org.penstock.wire.CommandType;

/**
 * Where the types of the parameters lie in a COM_STMT_EXECUTE or COM_STMT_BULK_EXECUTE, as payload offsets. A client sends them once and leaves them out until
 * they change; a server that has not got them needs them inserted.
 *
 * <pre>
 * execute: 17, id 4, flags 1, iterations 4, null bits (n+7)/8, types follow 1, [types 2n], values
 * bulk:    FA, id 4, flags 2, [types 2n], values
 * </pre>
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/3-binary-protocol-prepared-statements/com_stmt_execute">COM_STMT_EXECUTE</a>
 */
public final class Parameters {
    /** Payload bytes up to the statement's id. */
    public static final int ID_END = 5;

    private static final int FLAGS = 5;
    private static final int NULL_BITS = 10;
    private static final int BULK_TYPES = 7;
    private static final int BULK_SEND_TYPES = 0x80;
    private static final int CURSOR_TYPES = 0x07;

    private Parameters() {}

    /** Whether the command has parameters, for which a server may need types. */
    public static boolean typed(int code) {
        return code == CommandType.STMT_EXECUTE || code == CommandType.STMT_BULK_EXECUTE;
    }

    /** Where the types lie, or would. */
    public static int typesAt(int code, int parameters) {
        return code == CommandType.STMT_BULK_EXECUTE ? BULK_TYPES : NULL_BITS + (parameters + 7) / 8 + 1;
    }

    /** Payload bytes that must be at hand to see whether the types follow, and the types where {@code shown} bytes tell that they do. */
    public static int need(int code, int parameters, ByteSource bytes, int from, int shown) {
        if (parameters == 0) {
            return code == CommandType.STMT_BULK_EXECUTE ? BULK_TYPES : NULL_BITS;
        }
        int types = typesAt(code, parameters);
        return shown >= types && follow(code, parameters, bytes, from) ? types + 2 * parameters : types;
    }

    /** Whether the types follow; the bytes up to {@link #typesAt} must be at hand. */
    public static boolean follow(int code, int parameters, ByteSource bytes, int from) {
        if (parameters == 0) {
            return false;
        }
        return code == CommandType.STMT_BULK_EXECUTE
                ? (bytes.at(from + FLAGS) & BULK_SEND_TYPES) != 0
                : bytes.at(from + typesAt(code, parameters) - 1) != 0;
    }

    /** The types, of which all must be at hand. */
    public static byte[] types(int code, int parameters, ByteSource bytes, int from) {
        byte[] types = new byte[2 * parameters];
        int at = from + typesAt(code, parameters);
        for (int i = 0; i < types.length; i++) {
            types[i] = bytes.at(at + i);
        }
        return types;
    }

    /** Whether these are the types of the command, of which all must be at hand. */
    public static boolean same(byte[] types, int code, int parameters, ByteSource bytes, int from) {
        int at = from + typesAt(code, parameters);
        for (int i = 0; i < types.length; i++) {
            if (types[i] != bytes.at(at + i)) {
                return false;
            }
        }
        return true;
    }

    /** The payload with types inserted, of which it has none. */
    public static byte[] insert(byte[] payload, int parameters, byte[] types) {
        int code = payload[0] & 0xFF;
        int at = typesAt(code, parameters);
        byte[] typed = new byte[Math.addExact(payload.length, types.length)];
        System.arraycopy(payload, 0, typed, 0, at);
        System.arraycopy(types, 0, typed, at, types.length);
        System.arraycopy(payload, at, typed, at + types.length, payload.length - at);
        if (code == CommandType.STMT_BULK_EXECUTE) {
            typed[FLAGS] |= (byte) BULK_SEND_TYPES;
        } else {
            typed[at - 1] = 1;
        }
        return typed;
    }

    /** Whether a COM_STMT_EXECUTE asks for a cursor. */
    public static boolean cursor(int code, ByteSource bytes, int from, int shown) {
        return code == CommandType.STMT_EXECUTE && shown > FLAGS && (bytes.at(from + FLAGS) & CURSOR_TYPES) != 0;
    }

    /** Writes a statement's id into a payload. */
    public static void id(byte[] payload, int id) {
        for (int i = 0; i < Integer.BYTES; i++) {
            payload[1 + i] = (byte) (id >>> (8 * i));
        }
    }
}
