package org.penstock.wire.packet;

import java.nio.charset.StandardCharsets;
import org.penstock.wire.Capabilities;
import org.penstock.wire.Charsets;
import org.penstock.wire.PacketReader;
import org.penstock.wire.PacketWriter;

/**
 * The definition of one column, or of a parameter of a prepared statement.
 *
 * <pre>
 * lenenc catalog, "def"
 * lenenc schema
 * lenenc table alias
 * lenenc table
 * lenenc column alias
 * lenenc column
 * lenenc MariaDB, with EXTENDED_METADATA: extended type
 * lenenc length of what follows, 12
 * 2      collation
 * 4      largest length in bytes
 * 1      type
 * 2      flags
 * 1      decimals
 * 2      reserved
 * n      COM_FIELD_LIST: lenenc default value, or NULL
 * </pre>
 *
 * @param table alias in the statement
 * @param name alias in the statement
 * @param originalName of the column itself
 * @param extended pairs of a byte and a lenenc string, such as 0 and {@code uuid}, or 1 and {@code json}; empty for none
 * @param length unsigned
 * @param type see {@link ColumnType}
 * @param rest what follows the fields that are known, as it came
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/4-server-response-packets/result-set-packets">Result set packets, MariaDB</a>
 */
public record ColumnDefinition41(
        String catalog,
        String schema,
        String table,
        String originalTable,
        String name,
        String originalName,
        byte[] extended,
        int charset,
        long length,
        int type,
        int flags,
        int decimals,
        byte[] rest) {
    public static final int NOT_NULL = 1;
    public static final int PRIMARY_KEY = 1 << 1;
    public static final int UNSIGNED = 1 << 5;
    public static final int BINARY = 1 << 7;

    private static final String CATALOG = "def";
    private static final int FIXED_LENGTH = 12;
    private static final int RESERVED = 2;
    private static final int TEXT_LENGTH = 4 * 255;
    private static final int INTEGER_LENGTH = 20;
    private static final byte[] NONE = {};

    /** A column of text in UTF-8 that belongs to no table. */
    public static ColumnDefinition41 text(String name) {
        return of(name, ColumnType.VAR_STRING, Charsets.UTF8MB4_GENERAL_CI, TEXT_LENGTH, 0);
    }

    /** A column of 64-bit integers that belongs to no table. */
    public static ColumnDefinition41 integer(String name) {
        return of(name, ColumnType.LONGLONG, Charsets.BINARY, INTEGER_LENGTH, BINARY);
    }

    /** A column that belongs to no table. */
    public static ColumnDefinition41 of(String name, int type, int charset, long length, int flags) {
        return new ColumnDefinition41(CATALOG, "", "", "", name, "", NONE, charset, length, type, flags, 0, NONE);
    }

    /** Decodes a payload; names are taken as UTF-8. */
    public static ColumnDefinition41 decode(byte[] payload, long capabilities) {
        PacketReader reader = new PacketReader("ColumnDefinition41", payload);
        String[] names = new String[6];
        for (int i = 0; i < names.length; i++) {
            names[i] = reader.readLenencString(StandardCharsets.UTF_8);
        }
        byte[] extended =
                Capabilities.has(capabilities, Capabilities.EXTENDED_METADATA) ? reader.readLenencBytes() : NONE;
        reader.expectByte(FIXED_LENGTH, "length of the fixed fields");
        int charset = reader.readShort();
        long length = reader.readInt();
        int type = reader.readByte();
        int flags = reader.readShort();
        int decimals = reader.readByte();
        reader.skip(RESERVED);
        return new ColumnDefinition41(
                names[0],
                names[1],
                names[2],
                names[3],
                names[4],
                names[5],
                extended,
                charset,
                length,
                type,
                flags,
                decimals,
                reader.readRest());
    }

    public byte[] encode(long capabilities) {
        PacketWriter writer = new PacketWriter(96);
        for (String each : new String[] {catalog, schema, table, originalTable, name, originalName}) {
            writer.writeLenencString(each, StandardCharsets.UTF_8);
        }
        if (Capabilities.has(capabilities, Capabilities.EXTENDED_METADATA)) {
            writer.writeLenencBytes(extended);
        }
        return writer.writeLenenc(FIXED_LENGTH)
                .writeShort(charset)
                .writeInt(length)
                .writeByte(type)
                .writeShort(flags)
                .writeByte(decimals)
                .writeZeros(RESERVED)
                .writeBytes(rest)
                .toByteArray();
    }
}
