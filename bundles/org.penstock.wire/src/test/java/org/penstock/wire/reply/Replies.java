package org.penstock.wire.reply;

import static org.penstock.wire.reply.Reply.AUTOCOMMIT;
import static org.penstock.wire.reply.Reply.MORE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.ServerStatus;
import org.penstock.wire.packet.AuthMoreData;
import org.penstock.wire.packet.AuthSwitchRequest;

/** Replies of every shape that a server gives. */
final class Replies {
    private static final int CURSOR = AUTOCOMMIT | ServerStatus.CURSOR_EXISTS;
    private static final int OUT_PARAMS = AUTOCOMMIT | ServerStatus.PS_OUT_PARAMS;
    private static final int[] RESULT_COMMANDS = {
        CommandType.QUERY, CommandType.PROCESS_INFO, CommandType.STMT_EXECUTE, CommandType.STMT_BULK_EXECUTE
    };
    private static final int[] STATUS_COMMANDS = {
        CommandType.SLEEP,
        CommandType.INIT_DB,
        CommandType.CREATE_DB,
        CommandType.DROP_DB,
        CommandType.REFRESH,
        CommandType.SHUTDOWN,
        CommandType.CONNECT,
        CommandType.PROCESS_KILL,
        CommandType.DEBUG,
        CommandType.PING,
        CommandType.TIME,
        CommandType.DELAYED_INSERT,
        CommandType.TABLE_DUMP,
        CommandType.CONNECT_OUT,
        CommandType.REGISTER_SLAVE,
        CommandType.STMT_RESET,
        CommandType.SET_OPTION,
        CommandType.DAEMON,
        CommandType.RESET_CONNECTION,
        CommandType.MULTI,
        0x55
    };

    private static final int[] COMMANDS = IntStream.concat(
                    IntStream.rangeClosed(0, CommandType.RESET_CONNECTION),
                    IntStream.of(0x55, CommandType.STMT_BULK_EXECUTE, CommandType.MULTI))
            .toArray();

    private final long base;
    private final List<Reply> all = new ArrayList<>();

    private Replies(long base) {
        this.base = base;
    }

    static List<Reply> all() {
        long plain = Capabilities.PROTOCOL_41 | Capabilities.LOCAL_FILES | Capabilities.SESSION_TRACK;
        List<Reply> all = new ArrayList<>(new Replies(plain).build());
        all.addAll(new Replies(plain | Capabilities.DEPRECATE_EOF).build());
        return all;
    }

    private Reply reply(String name, int command) {
        return reply(name, command, 0);
    }

    private Reply reply(String name, int command, long more) {
        Reply reply = new Reply(CommandType.name(command) + ": " + name, command, base | more);
        all.add(reply);
        return reply;
    }

    private List<Reply> build() {
        for (int command : STATUS_COMMANDS) {
            reply("OK", command).ok(MORE);
            reply("EOF", command).end(ReplyEvent.OK, AUTOCOMMIT);
            reply("classic EOF", command).eof(ReplyEvent.OK, AUTOCOMMIT);
        }
        for (int command : RESULT_COMMANDS) {
            results(command);
        }
        for (int command : COMMANDS) {
            if (CommandType.hasReply(command)) {
                reply("ERR", command).err();
                reply("progress, ERR", command, Capabilities.PROGRESS)
                        .progress()
                        .err();
            } else {
                reply("nothing", command);
            }
        }
        binary();
        prepares();
        others();
        return all;
    }

    private void rows(Reply reply) {
        if (reply.command == CommandType.QUERY || reply.command == CommandType.PROCESS_INFO) {
            reply.textRows();
        } else {
            reply.binaryRows();
        }
    }

    private Reply result(Reply reply, int columns, int status) {
        reply.count(columns).columns(columns, status);
        rows(reply);
        return reply.end(ReplyEvent.ROWS_END, status);
    }

    private void results(int command) {
        reply("OK", command).ok(AUTOCOMMIT);
        reply("rows", command);
        result(all.get(all.size() - 1), 2, AUTOCOMMIT);
        reply("no rows", command).count(1).columns(1, AUTOCOMMIT).end(ReplyEvent.ROWS_END, AUTOCOMMIT);
        reply("300 columns", command).count(300).columns(300, AUTOCOMMIT).end(ReplyEvent.ROWS_END, AUTOCOMMIT);
        result(result(reply("rows, rows, OK", command), 1, MORE), 3, MORE).ok(AUTOCOMMIT);
        result(reply("OK, rows", command).ok(MORE), 1, AUTOCOMMIT);
        reply("OK, OK, ERR", command).ok(MORE).ok(MORE).err();
        result(reply("rows, ERR", command), 1, MORE).err();
        Reply failing = reply("ERR between rows", command).count(1).columns(1, AUTOCOMMIT);
        rows(failing);
        failing.err();
        reply("ERR behind definitions", command).count(2).definitions(2).err();
        reply("ERR between definitions", command).count(2).definitions(1).err();
        reply("file, OK", command).localInfile().ok(AUTOCOMMIT);
        reply("file, ERR", command).localInfile().err();
        reply("file, OK, OK", command).localInfile().ok(MORE).ok(AUTOCOMMIT);
        reply("progress, OK", command, Capabilities.PROGRESS)
                .progress()
                .progress()
                .ok(AUTOCOMMIT);
        Reply amid = reply("progress amid rows", command, Capabilities.PROGRESS)
                .count(1)
                .progress()
                .columns(1, AUTOCOMMIT)
                .progress();
        rows(amid);
        amid.progress().end(ReplyEvent.ROWS_END, AUTOCOMMIT);
        Reply cached = reply("definitions sent", command, Capabilities.CACHE_METADATA)
                .count(2, 1)
                .columns(2, AUTOCOMMIT);
        rows(cached);
        cached.end(ReplyEvent.ROWS_END, AUTOCOMMIT);
        Reply skipped = reply("definitions left out", command, Capabilities.CACHE_METADATA)
                .count(300, 0)
                .columns(0, AUTOCOMMIT);
        rows(skipped);
        skipped.end(ReplyEvent.ROWS_END, MORE).ok(AUTOCOMMIT);
    }

    private void binary() {
        int execute = CommandType.STMT_EXECUTE;
        Reply cursor = reply("cursor", execute).count(2).definitions(2);
        Reply cached = reply("cursor, definitions left out", execute, Capabilities.CACHE_METADATA)
                .count(2, 0);
        for (Reply reply : List.of(cursor, cached)) {
            reply.end(reply.deprecateEof() ? ReplyEvent.ROWS_END : ReplyEvent.COLUMNS_END, CURSOR);
        }
        reply("OUT parameters, OK", execute)
                .count(1)
                .columns(1, OUT_PARAMS)
                .binaryRows()
                .end(ReplyEvent.ROWS_END, OUT_PARAMS)
                .ok(AUTOCOMMIT);
        int fetch = CommandType.STMT_FETCH;
        reply("rows", fetch).binaryRows().end(ReplyEvent.ROWS_END, CURSOR);
        reply("no rows", fetch).end(ReplyEvent.ROWS_END, CURSOR | ServerStatus.LAST_ROW_SENT);
        reply("more results mean nothing", fetch).binaryRows().end(ReplyEvent.ROWS_END, MORE);
        reply("rows, ERR", fetch).binaryRows().err();
        byte[] unitRow = {1, '1', 1, '0'};
        reply("unit results as text", CommandType.STMT_BULK_EXECUTE)
                .count(2)
                .columns(2, AUTOCOMMIT)
                .add(ReplyEvent.ROW, unitRow)
                .end(ReplyEvent.ROWS_END, AUTOCOMMIT);
    }

    private void prepares() {
        int prepare = CommandType.STMT_PREPARE;
        reply("nothing behind", prepare).prepareOk(7, 0, 0);
        reply("parameters", prepare).prepareOk(7, 0, 2).columns(2, AUTOCOMMIT);
        reply("columns", prepare).prepareOk(7, 3, 0).columns(3, AUTOCOMMIT);
        reply("both", prepare).prepareOk(-2, 3, 2).columns(2, AUTOCOMMIT).columns(3, AUTOCOMMIT);
        reply("both, ERR", prepare)
                .prepareOk(7, 3, 2)
                .columns(2, AUTOCOMMIT)
                .definitions(1)
                .err();
    }

    private void others() {
        reply("fields", CommandType.FIELD_LIST).definitions(3).end(ReplyEvent.COLUMNS_END, AUTOCOMMIT);
        reply("no fields", CommandType.FIELD_LIST).end(ReplyEvent.COLUMNS_END, AUTOCOMMIT);
        reply("fields, ERR", CommandType.FIELD_LIST).definitions(1).err();
        reply("text", CommandType.STATISTICS).add(ReplyEvent.STATISTICS, "Uptime: 1".getBytes());
        int change = CommandType.CHANGE_USER;
        reply("OK", change).ok(AUTOCOMMIT);
        byte[] switching =
                AuthSwitchRequest.ofSeed("mysql_native_password", new byte[20]).encode();
        reply("switch, OK", change).add(ReplyEvent.AUTH_SWITCH, switching).ok(AUTOCOMMIT);
        reply("old switch, ERR", change)
                .add(ReplyEvent.AUTH_SWITCH, new byte[] {(byte) 0xFE})
                .err();
        reply("switch, data, bare data, OK", change)
                .add(ReplyEvent.AUTH_SWITCH, switching)
                .add(ReplyEvent.AUTH_MORE, new AuthMoreData(new byte[] {3}).encode())
                .add(ReplyEvent.AUTH_MORE, new byte[] {4, 'P', 'I', 'N'})
                .ok(AUTOCOMMIT);
        for (int dump : new int[] {CommandType.BINLOG_DUMP, CommandType.BINLOG_DUMP_GTID}) {
            byte[] event = new byte[50];
            reply("events", dump)
                    .add(ReplyEvent.BINLOG_EVENT, event)
                    .add(ReplyEvent.BINLOG_EVENT, event)
                    .endless();
            reply("events, EOF", dump).add(ReplyEvent.BINLOG_EVENT, event).eof(ReplyEvent.OK, AUTOCOMMIT);
            reply("events, ERR", dump).add(ReplyEvent.BINLOG_EVENT, event).err();
        }
    }
}
