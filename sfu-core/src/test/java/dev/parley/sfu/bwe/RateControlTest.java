package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Those that name figures are libwebrtc's published vectors (aimd_rate_control_unittest).
final class RateControlTest {
    private static final long MS = 1_000_000;
    private static final long START_NS = 123_456 * MS;
    private static final double BACK_OFF = 0.85;

    private long nowNs = START_NS;

    private static RateControl at(double bps) {
        return new RateControl(bps, 5_000, 30_000_000);
    }

    private void normal(RateControl control, double arrivingBps, int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            control.update(NetworkUse.NORMAL, arrivingBps, 0, nowNs);
            nowNs += 100 * MS;
        }
    }

    @ParameterizedTest
    @CsvSource({"30000, 200, 4000", "90000, 200, 5000", "60000, 100, 5000"})
    void addsAPacketInTwoResponseTimes(double bps, long roundTripMs, double expected) {
        RateControl control = at(bps);
        control.roundTrip(roundTripMs * MS);
        assertThat(control.additiveBpsPerSecond()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void recoveryIsADefaultUntilTheRateFell() {
        RateControl control = at(300_000);
        control.update(NetworkUse.OVERUSED, 300_000, 0, nowNs);
        assertThat(control.additiveBpsPerSecond()).isCloseTo(14_000, within(1_000.0));
        assertThat(control.recoveryNs()).isEqualTo(3_000 * MS);
        control.update(NetworkUse.OVERUSED, 200_000, 0, nowNs + 100 * MS);
        assertThat(control.recoveryNs()).isNotEqualTo(3_000 * MS);
    }

    @ParameterizedTest
    @CsvSource({"110000, 90000, 4000", "10000, 8499.15, 2000", "10010000, 10000, 50000"})
    void recoveryFollowsFromWhatTheRateLost(double bps, double lowered, long expectedMs) {
        RateControl control = at(bps);
        control.update(NetworkUse.OVERUSED, lowered / BACK_OFF, 0, nowNs);
        assertThat(control.rateBps()).isCloseTo(lowered, within(1.0));
        assertThat(control.recoveryNs() / (double) MS).isCloseTo(expectedMs, within(1.0));
    }

    @Test
    void goesUpToOneAndAHalfOfWhatArrives() {
        RateControl control = at(10_000);
        normal(control, 10_000, 20);
        assertThat(control.rateBps()).isEqualTo(1.5 * 10_000 + 10_000);
    }

    @Test
    void isHeldAndNotLoweredWhenLessArrives() {
        RateControl control = at(100_000);
        normal(control, 100_000, 20);
        double before = control.rateBps();
        assertThat(before).isCloseTo(1.5 * 100_000 + 10_000, within(2_000.0));
        normal(control, 50_000, 1);
        assertThat(control.rateBps()).isEqualTo(before);
    }

    @Test
    void isBoundedWhileNothingIsKnownOfWhatArrives() {
        RateControl control = at(123_000);
        normal(control, -1, 20);
        assertThat(control.rateBps())
                .isLessThanOrEqualTo(1.5 * 123_000 + 10_000)
                .isGreaterThan(123_000);
    }

    @Test
    void isHeldWhileTheApplicationLimitsItButTakesAMeasurement() {
        RateControl control = at(123_000);
        control.applicationLimited(true);
        normal(control, 123_000, 10);
        assertThat(control.rateBps()).isEqualTo(123_000);
        control.set(246_000, nowNs);
        assertThat(control.rateBps()).isEqualTo(246_000);
    }

    @Test
    void backsOffFurtherWhileALongQueueHasToEmpty() {
        RateControl control = at(2_000_000);
        control.update(NetworkUse.OVERUSED, 1_000_000, 250 * MS, nowNs);
        assertThat(control.rateBps()).isCloseTo(650_000, within(1.0));
        control.update(NetworkUse.OVERUSED, 1_000_000, 5_000 * MS, nowNs);
        assertThat(control.rateBps()).isCloseTo(500_000, within(1.0));
    }

    @Test
    void comesBackQuicklyToWhatTheLinkCarriedAndGoesOnSlowly() {
        RateControl control = at(1_000_000);
        control.update(NetworkUse.OVERUSED, 1_000_000, 500 * MS, nowNs);
        normal(control, 1_000_000, 2);
        double back = control.rateBps();
        assertThat(back).isBetween(940_000.0, 1_000_000.0);
        normal(control, 1_000_000, 1);
        assertThat(control.rateBps() - back).isBetween(1_000.0, 60_000.0);
    }

    @Test
    void isHeldWhileTheQueueEmptiesAndWhileOneStands() {
        RateControl control = at(500_000);
        control.update(NetworkUse.UNDERUSED, 500_000, 0, nowNs);
        control.update(NetworkUse.NORMAL, 500_000, 40 * MS, nowNs + 100 * MS);
        control.update(NetworkUse.NORMAL, 500_000, 40 * MS, nowNs + 1_000 * MS);
        assertThat(control.rateBps()).isEqualTo(500_000);
    }

    @Test
    void growsFasterWhereAProbeFoundRoom() {
        RateControl slow = at(500_000);
        slow.hasRoom(false);
        RateControl fast = at(500_000);
        fast.hasRoom(true);
        normal(slow, 500_000, 1);
        nowNs = START_NS;
        normal(fast, 500_000, 1);
        assertThat(slow.rateBps()).isBetween(530_000.0, 545_000.0);
        assertThat(fast.rateBps()).isBetween(580_000.0, 605_000.0);
    }

    @Test
    void aSecondDecreaseWaitsForTheEffectOfTheFirst() {
        RateControl control = at(1_000_000);
        control.update(NetworkUse.OVERUSED, 900_000, 0, nowNs);
        assertThat(control.mayDecrease(900_000, nowNs + 100 * MS)).isFalse();
        assertThat(control.mayDecrease(300_000, nowNs + 100 * MS)).isTrue();
        assertThat(control.mayDecrease(900_000, nowNs + 200 * MS)).isTrue();
    }
}
