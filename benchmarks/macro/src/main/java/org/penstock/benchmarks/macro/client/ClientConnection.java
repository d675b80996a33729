package org.penstock.benchmarks.macro.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A client with a blocking socket: text and binary protocol, mysql_native_password, no TLS. Results are counted and dropped. For one thread.
 */
public final class ClientConnection implements Closeable {
    /** CLIENT_LONG_PASSWORD, CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, PLUGIN_AUTH. */
    private static final int CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;

    private static final int MAX_PACKET = 1 << 24;
    private static final int UTF8MB4 = 45;
    private static final int RESERVED = 23;
    private static final int COM_QUIT = 1;
    private static final int COM_QUERY = 3;
    private static final int COM_STMT_PREPARE = 0x16;
    private static final int COM_STMT_EXECUTE = 0x17;
    private static final int TYPE_LONG = 3;
    private static final int OK = 0;
    private static final int EOF = 0xfe;
    private static final int EOF_MAX = 9;
    private static final int ERR = 0xff;
    private static final int SQL_STATE = 6;
    private static final int SMALL_BUFFER = 512;

    private final PacketStream packets;

    private ClientConnection(PacketStream packets) {
        this.packets = packets;
    }

    /** Connects and logs in. */
    public static ClientConnection open(Endpoint address, Account account) throws IOException {
        return login(new PacketStream(address), account);
    }

    /** The same with little memory, for sessions that keep still. */
    public static ClientConnection openSmall(Endpoint address, Account account) throws IOException {
        return login(new PacketStream(address, SMALL_BUFFER), account);
    }

    private static ClientConnection login(PacketStream packets, Account account) throws IOException {
        try {
            ClientConnection connection = new ClientConnection(packets);
            connection.login(account);
            return connection;
        } catch (IOException | RuntimeException e) {
            packets.close();
            throw e;
        }
    }

    private void login(Account account) throws IOException {
        byte[] greeting = packets.read();
        check(greeting);
        packets.write(new PayloadBuilder()
                .number(CAPABILITIES)
                .number(MAX_PACKET)
                .octet(UTF8MB4)
                .raw(new byte[RESERVED])
                .text(account.user())
                .octet(NativePassword.SCRAMBLE)
                .raw(NativePassword.proof(account.password(), NativePassword.scramble(greeting)))
                .text(account.database())
                .text(NativePassword.PLUGIN)
                .bytes());
        byte[] answer = packets.read();
        if ((answer[0] & 0xff) == EOF) {
            packets.write(NativePassword.proof(account.password(), NativePassword.switched(answer)));
            answer = packets.read();
        }
        check(answer);
    }

    /** Runs a statement and reads its reply; returns the number of rows. */
    public long query(String sql) throws IOException {
        send(sql);
        return result();
    }

    /** Sends a statement and does not wait for the reply. */
    public void send(String sql) throws IOException {
        packets.command(new PayloadBuilder().octet(COM_QUERY).raw(sql).bytes());
    }

    /** Reads the start of a result set, its columns, and one row; returns once that row is there. */
    public void firstRow() throws IOException {
        byte[] answer = packets.read();
        check(answer);
        untilEof();
        packets.skip();
    }

    /** Prepares a statement with whole numbers as parameters; returns its id. */
    public int prepare(String sql) throws IOException {
        packets.command(new PayloadBuilder().octet(COM_STMT_PREPARE).raw(sql).bytes());
        byte[] answer = packets.read();
        check(answer);
        int columns = (answer[5] & 0xff) | (answer[6] & 0xff) << 8;
        int parameters = (answer[7] & 0xff) | (answer[8] & 0xff) << 8;
        if (parameters > 0) {
            untilEof();
        }
        if (columns > 0) {
            untilEof();
        }
        return (answer[1] & 0xff) | (answer[2] & 0xff) << 8 | (answer[3] & 0xff) << 16 | (answer[4] & 0xff) << 24;
    }

    /** Executes a prepared statement with one parameter; returns the number of rows. */
    public long execute(int statement, int parameter) throws IOException {
        packets.command(new PayloadBuilder()
                .octet(COM_STMT_EXECUTE)
                .number(statement)
                .octet(0)
                .number(1)
                .octet(0)
                .octet(1)
                .octet(TYPE_LONG)
                .octet(0)
                .number(parameter)
                .bytes());
        return result();
    }

    /** Says good-bye and closes. */
    @Override
    public void close() throws IOException {
        try (packets) {
            packets.command(new byte[] {COM_QUIT});
        }
    }

    /** Closes at once, whatever is in flight. */
    public void abort() throws IOException {
        packets.close();
    }

    private long result() throws IOException {
        byte[] answer = packets.read();
        check(answer);
        if (answer[0] == OK) {
            return 0;
        }
        untilEof();
        return untilEof();
    }

    /** Packets before the EOF packet. */
    private long untilEof() throws IOException {
        long count = 0;
        while (true) {
            packets.skip();
            if (packets.first() == EOF && packets.length() < EOF_MAX) {
                return count;
            }
            if (packets.first() == ERR) {
                throw new IOException("a result ended with an error");
            }
            count++;
        }
    }

    private static void check(byte[] packet) throws SqlFailure {
        if (packet.length > 2 && (packet[0] & 0xff) == ERR) {
            int code = (packet[1] & 0xff) | (packet[2] & 0xff) << 8;
            int at = packet.length > 3 && packet[3] == '#' ? 3 + SQL_STATE : 3;
            throw new SqlFailure(code, new String(packet, at, packet.length - at, StandardCharsets.UTF_8));
        }
    }
}
