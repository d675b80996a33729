package org.penstock.core.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.QueryResult;
import org.penstock.api.server.ServerView;
import org.penstock.core.server.ServiceConnector;
import org.penstock.core.session.SqlErrors;
import org.penstock.core.session.TextRows;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CodecException;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.packet.ColumnDefinition41;
import org.penstock.wire.packet.ErrPacket;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

/** A service connection: asks text queries one at a time and collects their first results. */
final class QueryHandler extends PacketHandler implements ServiceConnector.Opened {
    /** Bytes that one answer may have. */
    private static final long MAX_ANSWER = 64L * 1024 * 1024;

    /** Questions that may wait on one connection. */
    private static final int MAX_WAITING = 1024;

    private final ServerView server;
    private final String version;
    private final long capabilities;
    private final long timeoutMillis;
    private final Channel channel;
    private final Queue<Question> waiting = new ArrayDeque<>();
    private final ReplyTracker tracker = new ReplyTracker();
    private @Nullable Question current;
    private volatile boolean open = true;

    /** One query with what has come of its answer. */
    private static final class Question {
        private final String sql;
        private final CompletableFuture<QueryResult> answer = new CompletableFuture<>();
        private final List<String> columns = new ArrayList<>();
        private final List<List<@Nullable String>> rows = new ArrayList<>();
        private long bytes;
        private int results;
        private @Nullable SqlError error;
        private @Nullable ScheduledFuture<?> timeout;

        Question(String sql) {
            this.sql = sql;
        }
    }

    QueryHandler(ServerView server, String version, long capabilities, long timeoutMillis, Channel channel) {
        super(PacketWriter.MAX_PACKET);
        this.server = server;
        this.version = version;
        this.capabilities = capabilities;
        this.timeoutMillis = timeoutMillis;
        this.channel = channel;
    }

    @Override
    public ServerView server() {
        return server;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public boolean isOpen() {
        return open && channel.isActive();
    }

    @Override
    public void close() {
        open = false;
        channel.eventLoop().execute(() -> {
            if (current == null && channel.isActive()) {
                byte[] quit = {1, 0, 0, 0, 1};
                channel.writeAndFlush(io.netty.buffer.Unpooled.wrappedBuffer(quit));
            }
            channel.close();
        });
    }

    @Override
    public CompletionStage<QueryResult> query(String sql) {
        Question question = new Question(sql);
        channel.eventLoop().execute(() -> enqueue(question));
        return question.answer;
    }

    private void enqueue(Question question) {
        if (!isOpen() || waiting.size() >= MAX_WAITING) {
            question.answer.completeExceptionally(
                    new BackendException(server.name(), "the service connection is closed", null));
            return;
        }
        waiting.add(question);
        next();
    }

    private void next() {
        Question question = current == null ? waiting.poll() : null;
        ChannelHandlerContext context = channel.pipeline().context(this);
        if (question == null) {
            return;
        }
        if (context == null) {
            current = question;
            fail("closed the connection", null);
            return;
        }
        current = question;
        question.timeout = channel.eventLoop().schedule(() -> timedOut(question), timeoutMillis, TimeUnit.MILLISECONDS);
        byte[] text = question.sql.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        tracker.begin(CommandType.QUERY, capabilities);
        sequence(0);
        send(
                context,
                new PacketWriter(text.length + 1)
                        .writeByte(CommandType.QUERY)
                        .writeBytes(text)
                        .toByteArray());
    }

    private void timedOut(Question question) {
        if (current == question) {
            fail("did not answer within " + timeoutMillis + " ms", null);
            channel.close();
        }
    }

    @Override
    void packet(ChannelHandlerContext context, byte[] payload) {
        Question question = current;
        if (question == null) {
            context.close();
            return;
        }
        try {
            take(question, tracker.take(ByteSource.of(payload), false), payload);
        } catch (CodecException e) {
            broken(context, "a packet that cannot be understood: " + e.getMessage());
            return;
        }
        if (tracker.ended()) {
            current = null;
            cancel(question);
            SqlError error = question.error;
            if (error == null) {
                question.answer.complete(new QueryResult(List.copyOf(question.columns), question.rows));
            } else {
                question.answer.completeExceptionally(new BackendException(server.name(), error));
            }
            next();
        }
    }

    private void take(Question question, ReplyEvent event, byte[] payload) {
        question.bytes += payload.length;
        if (question.bytes > MAX_ANSWER || question.rows.size() > QueryResult.MAX_ROWS) {
            throw new CodecException(
                    "an answer larger than " + MAX_ANSWER + " bytes or " + QueryResult.MAX_ROWS + " rows");
        }
        switch (event) {
            case COLUMN_COUNT -> question.results++;
            case COLUMN -> {
                if (question.results == 1) {
                    question.columns.add(
                            ColumnDefinition41.decode(payload, capabilities).name());
                }
            }
            case ROW -> {
                if (question.results == 1) {
                    question.rows.add(TextRows.strings(payload, question.columns.size()));
                }
            }
            case ERR -> question.error = SqlErrors.of(ErrPacket.decode(payload));
            case LOCAL_INFILE -> throw new CodecException("a request for a local file");
            default -> {
                // nothing to keep
            }
        }
    }

    @Override
    void broken(ChannelHandlerContext context, String what) {
        fail("sent " + what, null);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail("closed the connection", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail("could not be read", cause);
        context.close();
    }

    private void fail(String what, @Nullable Throwable cause) {
        open = false;
        Question question = current;
        current = null;
        while (question != null) {
            cancel(question);
            question.answer.completeExceptionally(new BackendException(server.name(), what, cause));
            question = waiting.poll();
        }
    }

    private static void cancel(Question question) {
        ScheduledFuture<?> timeout = question.timeout;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
