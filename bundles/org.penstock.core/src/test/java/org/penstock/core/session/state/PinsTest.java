package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.api.statement.Pin;

class PinsTest {
    private final Pins pins = new Pins();

    @ParameterizedTest
    @EnumSource(Pin.class)
    void shouldKeepAReasonUntilItEnds(Pin reason) {
        boolean some = reason != Pin.NONE;
        assertThat(pins.pin(reason, "a")).isEqualTo(some);
        assertThat(pins.pin(reason, "b")).as("again").isFalse();
        assertThat(pins.server()).isEqualTo(some ? "a" : null);
        assertThat(pins.reasons().contains(reason)).isEqualTo(some);
        pins.unpin(reason);
        pins.unpin(reason);
        assertThat(pins.isEmpty()).isTrue();
        assertThat(pins.server()).isNull();
    }

    @Test
    void shouldStayWhileAnyReasonIsLeft() {
        pins.pin(Pin.XA, "a");
        pins.pin(Pin.LOCK_TABLES, "a");
        pins.unpin(Pin.XA);
        assertThat(pins.server()).isEqualTo("a");
        assertThat(pins.toString()).isEqualTo("[LOCK_TABLES] on a");
        pins.clear();
        assertThat(pins.reasons()).isEmpty();
    }

    @Test
    void shouldCountHandlers() {
        pins.pin(Pin.HANDLER, "a");
        pins.pin(Pin.HANDLER, "a");
        pins.unpin(Pin.HANDLER);
        assertThat(pins.reasons()).containsExactly(Pin.HANDLER);
        pins.unpin(Pin.HANDLER);
        assertThat(pins.isEmpty()).isTrue();
        pins.unpin(Pin.HANDLER);
        pins.pin(Pin.HANDLER, "b");
        assertThat(pins.server()).isEqualTo("b");
    }
}
