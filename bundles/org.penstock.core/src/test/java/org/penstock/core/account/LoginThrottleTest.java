package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.error.SqlError;

class LoginThrottleTest {
    private static final SqlError DENIED = LoginErrors.accessDenied("u", "10.0.0.1", true);

    private final AtomicInteger limit = new AtomicInteger(3);
    private final AtomicLong nanos = new AtomicLong(1);
    private final LoginThrottle throttle = new LoginThrottle(limit::get, nanos::get);

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.refused(address, DENIED);
        }
    }

    @Test
    void shouldBlockAddressAfterRefusalsInARow() {
        refuse("10.0.0.1", 2);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
        refuse("10.0.0.1", 1);
        assertThat(throttle.refusal("10.0.0.1"))
                .hasToString("ERROR 1129 (HY000): Host '10.0.0.1' is blocked because of many connection errors;"
                        + " unblock with 'unblock 10.0.0.1' in Penstock's shell");
        assertThat(throttle.refusal("10.0.0.2")).isNull();
        assertThat(throttle.blocked()).containsExactly(new LoginThrottle.Blocked("10.0.0.1", 3, LoginThrottle.BLOCK));
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.1, 10.0.0.1",
        "2001:DB8:0::1, 2001:db8::1",
        "fe80::1%eth0, fe80::1",
        "2001:db8:1:2:3::4, 2001:db8:1:2:ffff::1"
    })
    void shouldCountOneAddressInWhateverWayItIsWritten(String refused, String asked) {
        refuse(refused, 3);
        assertThat(throttle.refusal(asked)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:3::1", "fe80::1, fe80::2", "::1, ::2", "10.0.0.1, 10.0.0.2"})
    void shouldNotCountOthers(String refused, String asked) {
        refuse(refused, 3);
        assertThat(throttle.refusal(asked)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:1:2::/64", "2001:db8:1:2:5::6"})
    void shouldNameAndUnblockTheNetworkOfAnIpv6Address(String told) {
        refuse("2001:db8:1:2:3::4", 3);
        assertThat(throttle.blocked())
                .singleElement()
                .extracting(LoginThrottle.Blocked::address)
                .isEqualTo("2001:db8:1:2::/64");
        assertThat(throttle.refusal("2001:db8:1:2::1")).asString().contains("'unblock 2001:db8:1:2::/64'");
        assertThat(throttle.clear(told)).isTrue();
        assertThat(throttle.blocked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/64", "10.0.0.1/64x", "db1", "300.1.1.1", "1.2.3"})
    void shouldForgetNothingForWhatIsNoAddress(String told) {
        assertThat(throttle.clear(told)).isFalse();
    }

    @Test
    void shouldEndBlockAfterItsTime() {
        refuse("10.0.0.1", 3);
        nanos.addAndGet(LoginThrottle.BLOCK.toNanos() - 1);
        assertThat(throttle.refusal("10.0.0.1")).isNotNull();
        assertThat(throttle.blocked())
                .singleElement()
                .extracting(LoginThrottle.Blocked::left)
                .isEqualTo(Duration.ofNanos(1));
        nanos.addAndGet(1);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
        assertThat(throttle.blocked()).isEmpty();
        refuse("10.0.0.1", 2);
        assertThat(throttle.refusal("10.0.0.1")).as("counts from one again").isNull();
    }

    @Test
    void shouldBeginAnewAfterAcceptedLogin() {
        refuse("10.0.0.1", 2);
        throttle.accepted("10.0.0.1");
        refuse("10.0.0.1", 2);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
    }

    @Test
    void shouldUnblockWhenTold() {
        refuse("10.0.0.1", 3);
        assertThat(throttle.clear("10.0.0.1")).isTrue();
        assertThat(throttle.refusal("10.0.0.1")).isNull();
        assertThat(throttle.clear("10.0.0.1")).isFalse();
    }

    @Test
    void shouldCountOnlyWrongAccountsAndProofs() {
        SqlError noDatabase = LoginErrors.unknownDatabase("x");
        for (int i = 0; i < 5; i++) {
            throttle.refused("10.0.0.1", noDatabase);
            throttle.refused("10.0.0.1", LoginErrors.hostNotAllowed("10.0.0.1"));
            throttle.refused("10.0.0.1", LoginErrors.accountLocked());
        }
        assertThat(throttle.refusal("10.0.0.1")).isNull();
    }

    @Test
    void shouldNeverBlockUnixSocketsNorWithoutLimit() {
        refuse("localhost", 50);
        assertThat(throttle.refusal("localhost")).isNull();
        limit.set(0);
        refuse("10.0.0.1", 50);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
    }

    @Test
    void shouldFollowLimitThatIsChanged() {
        refuse("10.0.0.1", 3);
        limit.set(0);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
        limit.set(4);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
        limit.set(2);
        assertThat(throttle.refusal("10.0.0.1")).isNotNull();
    }

    @Test
    void shouldForgetTheOldestBeyondItsRoom() {
        refuse("10.0.0.1", 3);
        for (int i = 0; i < LoginThrottle.MAX_ADDRESSES - 1; i++) {
            throttle.refused("fd00:0:0:" + Integer.toHexString(i + 1) + "::1", DENIED);
        }
        assertThat(throttle.refusal("10.0.0.1")).isNotNull();
        assertThat(throttle.forgotten()).isZero();
        throttle.refused("fd01::1", DENIED);
        assertThat(throttle.refusal("10.0.0.1")).isNull();
        assertThat(throttle.forgotten()).isEqualTo(1);
    }
}
