package org.penstock.wire.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.wire.ByteSource;
import org.penstock.wire.Capabilities;
import org.penstock.wire.CommandType;
import org.penstock.wire.ServerStatus;
import org.penstock.wire.reply.ReplyEvent;
import org.penstock.wire.reply.ReplyTracker;

class TextResultSetTest {
    private static final TextResultSet RESULT = TextResultSet.ofStrings(
            List.of("name", "value"), List.of(Arrays.asList("a", null), Arrays.asList("", "ü")));

    private static List<ReplyEvent> events(long capabilities) {
        ReplyTracker tracker = new ReplyTracker();
        tracker.begin(CommandType.QUERY, capabilities);
        List<ReplyEvent> events = new ArrayList<>();
        for (byte[] payload : RESULT.encode(capabilities, ServerStatus.AUTOCOMMIT, 3)) {
            events.add(tracker.take(ByteSource.of(payload), false));
        }
        assertThat(tracker.ended()).isTrue();
        assertThat(tracker.warnings()).isEqualTo(3);
        assertThat(tracker.status()).isEqualTo(ServerStatus.AUTOCOMMIT);
        assertThat(tracker.metadataFollows()).isTrue();
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Capabilities.CACHE_METADATA, Capabilities.EXTENDED_METADATA, Capabilities.SESSION_TRACK})
    void shouldBeFollowedLikeTheReplyOfServer(long more) {
        long capabilities = Capabilities.PROTOCOL_41 | more;
        assertThat(events(capabilities))
                .containsExactly(
                        ReplyEvent.COLUMN_COUNT,
                        ReplyEvent.COLUMN,
                        ReplyEvent.COLUMN,
                        ReplyEvent.COLUMNS_END,
                        ReplyEvent.ROW,
                        ReplyEvent.ROW,
                        ReplyEvent.ROWS_END);
        assertThat(events(capabilities | Capabilities.DEPRECATE_EOF))
                .containsExactly(
                        ReplyEvent.COLUMN_COUNT,
                        ReplyEvent.COLUMN,
                        ReplyEvent.COLUMN,
                        ReplyEvent.ROW,
                        ReplyEvent.ROW,
                        ReplyEvent.ROWS_END);
    }

    @Test
    void shouldCarryNamesAndValues() {
        List<byte[]> payloads = RESULT.encode(0, 0, 0);
        assertThat(ColumnDefinition41.decode(payloads.get(2), 0).name()).isEqualTo("value");
        List<byte[]> row = TextRow.decode(payloads.get(4), 2);
        assertThat(row.get(0)).containsExactly('a');
        assertThat(row.get(1)).isNull();
        assertThat(TextRow.decode(payloads.get(5), 2).get(1)).containsExactly(0xC3, 0xBC);
    }

    @Test
    void shouldRefuseRowsOfAnotherWidth() {
        assertThatThrownBy(() -> TextResultSet.ofStrings(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: expected 2 values in each, got 1");
        assertThatThrownBy(() -> TextResultSet.ofStrings(List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
