package org.penstock.wire.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.wire.ByteSource;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CodecException;
import org.penstock.wire.CommandType;
import org.penstock.wire.PacketWalker;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;

class ReplyTrackerTest {
    private static final int SPLITS = 500;

    static List<Reply> replies() {
        return Replies.all();
    }

    private static List<ReplyEvent> follow(Reply reply, ReplyTracker tracker, int... cuts) {
        PacketWalker walker = new PacketWalker();
        walker.expectSequence(1);
        tracker.begin(reply.command, reply.capabilities);
        List<ReplyEvent> events = new ArrayList<>();
        byte[] bytes = reply.bytes();
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i == cuts.length ? bytes.length : cuts[i];
            walker.feed(ByteSource.of(bytes, from, to - from));
            from = to;
            ReplyEvent event;
            while ((event = tracker.next(walker)) != ReplyEvent.NONE) {
                events.add(event);
            }
        }
        return events;
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldFollowReplyToItsEnd(Reply reply) {
        ReplyTracker tracker = new ReplyTracker();
        assertThat(follow(reply, tracker)).isEqualTo(reply.events);
        assertThat(tracker.ended()).isEqualTo(!reply.endless);
        assertThat(tracker.rows()).isEqualTo(reply.rows());
        assertThat(tracker.bytes()).isEqualTo(reply.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldEndOnlyWithTheLastPacket(Reply reply) {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(reply.command, reply.capabilities);
        for (byte[] payload : reply.payloads) {
            assertThat(tracker.ended()).isFalse();
            tracker.take(ByteSource.of(payload), false);
        }
        assertThat(tracker.ended()).isEqualTo(!reply.endless);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldSeeTheSameWhereverTheChunkIsCut(Reply reply) {
        int length = reply.bytes().length;
        for (int cut = 0; cut <= length; cut += Math.max(1, length / SPLITS)) {
            assertThat(follow(reply, new ReplyTracker(), cut)).isEqualTo(reply.events);
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldSeeTheSameByteByByte(Reply reply) {
        int[] cuts = new int[reply.bytes().length];
        Arrays.setAll(cuts, i -> i);
        assertThat(follow(reply, new ReplyTracker(), cuts)).isEqualTo(reply.events);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldPassOverRowsWhenNobodyWantsThem(Reply reply) {
        ReplyTracker tracker = new ReplyTracker();
        PacketWalker walker = new PacketWalker();
        tracker.begin(reply.command, reply.capabilities);
        walker.feed(ByteSource.of(reply.bytes()));
        List<ReplyEvent> events = new ArrayList<>();
        ReplyEvent event;
        while ((event = tracker.nextBeyondRows(walker)) != ReplyEvent.NONE) {
            events.add(event);
        }
        List<ReplyEvent> expected = new ArrayList<>(reply.events);
        expected.removeIf(each -> each == ReplyEvent.ROW || each == ReplyEvent.BINLOG_EVENT);
        assertThat(events).isEqualTo(expected);
        assertThat(tracker.rows()).isEqualTo(reply.rows());
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldReadNoFurtherThanItAsks(Reply reply) {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(reply.command, reply.capabilities);
        for (byte[] payload : reply.payloads) {
            int prefix = tracker.prefixNeeded(payload[0] & 0xFF, payload.length, false);
            assertThat(prefix).isBetween(1, ReplyTracker.MAX_PREFIX);
            tracker.take(new Prefix(payload, prefix), false);
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldRefuseWhateverComesBehindTheEnd(Reply reply) {
        ReplyTracker tracker = new ReplyTracker();
        follow(reply, tracker);
        if (tracker.ended()) {
            assertThatThrownBy(() -> tracker.take(ByteSource.of(new byte[7]), false))
                    .isInstanceOf(CodecException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("replies")
    void shouldThrowOnlyCodecExceptionsWhenBytesAreWrong(Reply reply) {
        Random random = new Random(reply.toString().hashCode());
        byte[] bytes = reply.bytes();
        for (int i = 0; i < 300 && bytes.length > 0; i++) {
            byte[] wrong = bytes.clone();
            for (int k = 0; k <= i % 3; k++) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            ReplyTracker tracker = new ReplyTracker();
            PacketWalker walker = new PacketWalker();
            tracker.begin(reply.command, reply.capabilities);
            int cut = random.nextInt(wrong.length);
            try {
                walker.feed(ByteSource.of(wrong, 0, cut));
                drain(tracker, walker);
                walker.feed(ByteSource.of(wrong, cut, wrong.length - cut));
                drain(tracker, walker);
            } catch (CodecException e) {
                assertThat(e).hasMessageContaining("expected");
            }
        }
    }

    private static void drain(ReplyTracker tracker, PacketWalker walker) {
        ReplyEvent event;
        do {
            event = tracker.next(walker);
        } while (event != ReplyEvent.NONE);
    }

    @Test
    void shouldReportWhatOkSays() {
        ReplyTracker tracker = new ReplyTracker();
        follow(new Reply("", CommandType.QUERY, 0).ok(Reply.MORE), tracker);
        assertThat(tracker.affectedRows()).isEqualTo(300);
        assertThat(tracker.insertId()).isEqualTo(70_000);
        assertThat(tracker.status()).isEqualTo(Reply.MORE);
        assertThat(tracker.warnings()).isEqualTo(1);
        assertThat(tracker.results()).isEqualTo(1);
        assertThat(tracker.moreResults()).isTrue();
        assertThat(tracker.command()).isEqualTo(CommandType.QUERY);
    }

    @Test
    void shouldReportWhatErrSays() {
        ReplyTracker tracker = new ReplyTracker();
        follow(new Reply("", CommandType.QUERY, 0).err(), tracker);
        assertThat(tracker.errorCode()).isEqualTo(1064);
    }

    @Test
    void shouldReportWhatPrepareSays() {
        ReplyTracker tracker = new ReplyTracker();
        follow(new Reply("", CommandType.STMT_PREPARE, 0).prepareOk(-2, 3, 2), tracker);
        assertThat(tracker.statementId()).isEqualTo(0xFFFF_FFFEL);
        assertThat(tracker.columnCount()).isEqualTo(3);
        assertThat(tracker.parameterCount()).isEqualTo(2);
        assertThat(tracker.warnings()).isEqualTo(3);
    }

    @Test
    void shouldReportStatusOfRowsEnd() {
        ReplyTracker tracker = new ReplyTracker();
        int status = ServerStatus.IN_TRANS | ServerStatus.NO_INDEX_USED;
        follow(
                new Reply("", CommandType.QUERY, 0)
                        .count(1)
                        .columns(1, 0)
                        .textRows()
                        .end(ReplyEvent.ROWS_END, status),
                tracker);
        assertThat(tracker.status()).isEqualTo(status);
        assertThat(tracker.columnCount()).isEqualTo(1);
        assertThat(tracker.metadataFollows()).isTrue();
    }

    @Test
    void shouldShowFarewellWhenNoReplyIsDue() {
        ReplyTracker tracker = new ReplyTracker();
        ReplyEvent event =
                tracker.take(ByteSource.of(new Reply("", 0, 0).err().payloads.get(0)), false);
        assertThat(event).isEqualTo(ReplyEvent.ERR);
        assertThat(tracker.ended()).isTrue();
    }

    @Test
    void shouldTakeProgressForErrorWhenNotNegotiated() {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(CommandType.QUERY, 0);
        byte[] progress = new Reply("", 0, 0).progress().payloads.get(0);
        assertThat(tracker.take(ByteSource.of(progress), false)).isEqualTo(ReplyEvent.ERR);
        assertThat(tracker.ended()).isTrue();
    }

    @Test
    void shouldRefuseLocalInfileWhenNotNegotiated() {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(CommandType.QUERY, Capabilities.PROTOCOL_41);
        byte[] request = new Reply("", 0, 0).localInfile().payloads.get(0);
        assertThatThrownBy(() -> tracker.take(ByteSource.of(request), false))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("COM_QUERY");
    }

    @Test
    void shouldRefuseToBeginBeforeTheEnd() {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(CommandType.QUERY, 0);
        assertThatThrownBy(() -> tracker.begin(CommandType.PING, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("COM_QUERY");
        tracker.reset();
        tracker.begin(CommandType.PING, 0);
        assertThat(tracker.ended()).isFalse();
    }

    @Test
    void shouldTakeLongTextRowThatBeginsLikeEof() {
        for (long deprecate : new long[] {0, Capabilities.DEPRECATE_EOF}) {
            ReplyTracker tracker = new ReplyTracker();
            tracker.begin(CommandType.QUERY, deprecate);
            new Reply("", 0, deprecate)
                    .count(1)
                    .columns(1, 0)
                    .payloads
                    .forEach(each -> tracker.take(ByteSource.of(each), false));
            assertThat(tracker.take(new Sparse(PacketWriter.MAX_PACKET, 0xFE), false))
                    .isEqualTo(ReplyEvent.ROW);
            for (int first : new int[] {0, 0xFE, 0xFF}) {
                assertThat(tracker.take(new Sparse(PacketWriter.MAX_PACKET, first), true))
                        .isEqualTo(ReplyEvent.CONTINUATION);
            }
            assertThat(tracker.take(new Sparse(0, 0), true)).isEqualTo(ReplyEvent.CONTINUATION);
            assertThat(tracker.ended()).isFalse();
            assertThat(tracker.rows()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseEmptyPacketThatContinuesNothing() {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(CommandType.QUERY, 0);
        assertThatThrownBy(() -> tracker.take(new Sparse(0, 0), false)).isInstanceOf(CodecException.class);
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        Reply reply = new Reply("", CommandType.QUERY, 0).count(1).columns(1, 0);
        for (int i = 0; i < 1000; i++) {
            reply.textRows();
        }
        ByteSource chunk = ByteSource.of(reply.end(ReplyEvent.ROWS_END, 0).bytes());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ReplyTracker tracker = new ReplyTracker();
        PacketWalker walker = new PacketWalker();
        long allocated = 0;
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            tracker.begin(reply.command, reply.capabilities);
            walker.feed(chunk);
            drain(tracker, walker);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(tracker.rows()).isEqualTo(5000);
        assertThat(allocated).isLessThan(tracker.rows());
    }

    /** The first bytes of a payload; reads behind them fail. */
    private record Prefix(byte[] payload, int readable) implements ByteSource {
        @Override
        public int length() {
            return payload.length;
        }

        @Override
        public byte at(int index) {
            assertThat(index).isLessThan(readable);
            return payload[index];
        }
    }

    /** A payload of one repeated byte. */
    private record Sparse(int length, int value) implements ByteSource {
        @Override
        public byte at(int index) {
            return (byte) value;
        }
    }
}
