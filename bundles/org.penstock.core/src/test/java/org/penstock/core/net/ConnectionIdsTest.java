package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionIdsTest {
    private static final int SPAN = 1 << 30;

    @Test
    void shouldGiveIdsAboveThoseOfServersAndInSignedInts() {
        ConnectionIds ids = new ConnectionIds();
        for (int i = 0; i < 1000; i++) {
            long id = ids.take();
            assertThat(ConnectionIds.inRange(id)).isTrue();
            assertThat(id).isLessThanOrEqualTo(Integer.MAX_VALUE);
        }
        assertThat(ConnectionIds.inRange(1)).isFalse();
        assertThat(ConnectionIds.inRange(ConnectionIds.FIRST - 1)).isFalse();
        assertThat(ConnectionIds.inRange(ConnectionIds.END)).isFalse();
        assertThat(ConnectionIds.inRange(-1)).isFalse();
    }

    @Test
    void shouldNotGiveALiveIdAgainBehindTheEndOfTheRange() {
        ConnectionIds ids = new ConnectionIds(SPAN - 3);
        Set<Long> live = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            assertThat(live.add(ids.take())).isTrue();
        }
        assertThat(live).contains(ConnectionIds.END - 1, ConnectionIds.FIRST).allMatch(ConnectionIds::inRange);
    }

    @Test
    void shouldSkipIdsInUseAndReuseFreedOnes() {
        ConnectionIds ids = new ConnectionIds(SPAN - 1);
        long first = ids.take();
        long second = ids.take();
        ids.rewind(SPAN - 1);
        assertThat(ids.take()).isEqualTo(second + 1);
        ids.free(first);
        ids.rewind(SPAN - 1);
        assertThat(ids.take()).isEqualTo(first);
    }

    @Test
    void shouldKnowNoSessionBehindALogin() {
        ConnectionIds ids = new ConnectionIds();
        long id = ids.take();
        assertThat(ids.onSession(id, session -> {
                    throw new AssertionError("called");
                }))
                .isFalse();
        assertThat(ids.onSession(id + 1, session -> {})).isFalse();
    }
}
