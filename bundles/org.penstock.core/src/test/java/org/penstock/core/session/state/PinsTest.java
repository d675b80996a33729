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
        assertThat(pins.holder()).isEqualTo(some ? "a" : null);
        assertThat(pins.reasons().contains(reason)).isEqualTo(some);
        pins.unpin(reason);
        pins.unpin(reason);
        assertThat(pins.isEmpty()).isTrue();
        assertThat(pins.holder()).isNull();
    }

    @Test
    void shouldStayWhileAnyReasonIsLeft() {
        pins.pin(Pin.XA, "a");
        pins.pin(Pin.LOCK_TABLES, "a");
        pins.unpin(Pin.XA);
        assertThat(pins.holder()).isEqualTo("a");
        pins.clear();
        assertThat(pins.reasons()).isEmpty();
    }

    @Test
    void shouldKeepWhatEveryServerCanGetWhenTheConnectionIsLost() {
        pins.pin(Pin.SERIALIZABLE, "a");
        assertThat(pins.only()).isFalse();
        pins.pin(Pin.HANDLER, "a");
        assertThat(pins.only()).isTrue();
        pins.lost();
        assertThat(pins.reasons()).containsExactly(Pin.SERIALIZABLE);
        assertThat(pins.holder()).isNull();
        pins.moved("b");
        assertThat(pins.holder()).isEqualTo("b");
        pins.unpin(Pin.SERIALIZABLE);
        pins.moved("c");
        assertThat(pins.holder()).isNull();
        pins.pin(Pin.HANDLER, "c");
        pins.unpin(Pin.HANDLER);
        assertThat(pins.isEmpty()).as("the lost ones do not count").isTrue();
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
        assertThat(pins.holder()).isEqualTo("b");
    }
}
