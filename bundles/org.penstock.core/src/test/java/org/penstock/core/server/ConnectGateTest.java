package org.penstock.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectGateTest {
    private final List<Integer> begun = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long now;
    private ConnectLimits limits = new ConnectLimits(2, 0);
    private final ConnectGate gate = new ConnectGate(() -> limits, () -> now);

    private record Timer(long at, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(at, other.at);
        }
    }

    private class Knock implements ConnectGate.Entry {
        private final int number;
        private boolean wanted = true;

        Knock(int number) {
            this.number = number;
        }

        @Override
        public void admitted() {
            begun.add(number);
            times.add(now);
        }

        @Override
        public boolean wanted() {
            return wanted;
        }

        @Override
        public void after(long nanos, Runnable task) {
            timers.add(new Timer(now + nanos, task));
        }
    }

    @Test
    void shouldNotLetPenstocksOwnConnectionsWaitBehindThoseOfClients() {
        limits = new ConnectLimits(2, 1);
        for (int i = 0; i < 4; i++) {
            knock(i);
        }
        gate.enter(new Knock(9) {
            @Override
            public boolean urgent() {
                return true;
            }
        });
        assertThat(begun).containsExactly(0, 9);
        assertThat(gate.inFlight()).isEqualTo(2);
        runUntil(TimeUnit.SECONDS.toNanos(3));
        assertThat(begun).containsExactly(0, 9);
        gate.leave();
        runUntil(TimeUnit.SECONDS.toNanos(4));
        assertThat(begun).containsExactly(0, 9, 1);
    }

    private Knock knock(int number) {
        Knock made = new Knock(number);
        assertThat(gate.enter(made)).isTrue();
        return made;
    }

    private void runUntil(long end) {
        while (!timers.isEmpty() && timers.peek().at() <= end) {
            Timer timer = timers.poll();
            now = timer.at();
            timer.task().run();
        }
        now = end;
    }

    @Test
    void shouldLetSoManyInAtATimeAndTheOthersInTheirOrder() {
        for (int i = 0; i < 5; i++) {
            knock(i);
        }
        assertThat(begun).containsExactly(0, 1);
        assertThat(gate.inFlight()).isEqualTo(2);
        assertThat(gate.waiting()).isEqualTo(3);
        gate.leave();
        gate.leave();
        gate.leave();
        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
        gate.leave();
        gate.leave();
        assertThat(gate.inFlight()).isZero();
    }

    @Test
    void shouldPassOverWhoGaveUp() {
        limits = new ConnectLimits(1, 0);
        knock(0);
        Knock gone = knock(1);
        knock(2);
        gone.wanted = false;
        gate.gaveUp(true);
        gate.leave();
        assertThat(begun).containsExactly(0, 2);
        assertThat(gate.expired()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheRateOverAStormAndAfterAPause() {
        limits = new ConnectLimits(10_000, 100);
        for (int i = 0; i < 300; i++) {
            knock(i);
        }
        runUntil(TimeUnit.SECONDS.toNanos(1) - 1);
        assertThat(begun.size()).isBetween(99, 101);
        runUntil(TimeUnit.SECONDS.toNanos(10));
        assertThat(begun).hasSize(300).isSorted();
        for (int i = 300; i < 320; i++) {
            knock(i);
        }
        assertThat(begun.size()).isBetween(301, 302);
        runUntil(TimeUnit.SECONDS.toNanos(11));
        assertThat(begun).hasSize(320).isSorted();
        assertThat(timers).isEmpty();
    }

    @Test
    void shouldTakeAChangedLimitAtTheNextTurn() {
        limits = new ConnectLimits(1, 0);
        knock(0);
        knock(1);
        knock(2);
        limits = new ConnectLimits(3, 0);
        knock(3);
        assertThat(begun).containsExactly(0, 1, 2);
    }

    @Test
    void shouldRefuseBeyondTheQueue() {
        limits = new ConnectLimits(1, 0);
        for (int i = 0; i <= ConnectGate.MAX_WAITING; i++) {
            knock(i);
        }
        assertThat(gate.enter(new Knock(-1))).isFalse();
        assertThat(gate.waiting()).isEqualTo(ConnectGate.MAX_WAITING);
    }
}
