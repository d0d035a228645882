package dev.parley.sfu.bwe;

import static dev.parley.sfu.bwe.NetworkUse.NORMAL;
import static dev.parley.sfu.bwe.NetworkUse.OVERUSED;
import static dev.parley.sfu.bwe.NetworkUse.UNDERUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// libwebrtc's published vectors (loss_based_bwe_v2_test), most of them with the trend taken into account and without.
final class LossEstimatorTest {
    private static final long OBSERVED_MS = 200;
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;
    private static final double NO_PROBE = -1;
    private static final double DELAY_BPS = 5_000_000;

    private LossEstimator estimator = new LossEstimator(published());

    /// libwebrtc's defaults at the time of these vectors.
    private static LossSettings published() {
        LossSettings settings = new LossSettings();
        settings.rampUpFactor = 1e6;
        settings.bias = 0.0002;
        settings.biasUpToLoss = 0.15;
        settings.inherentMaxBps = 75_000;
        settings.increasesUpToLoss = 0;
        settings.trustsProbes = false;
        settings.observationNs = OBSERVED_MS * 1_000_000;
        return settings;
    }

    /// What most vectors are for.
    private void usual(boolean trend) {
        make(settings -> {
            settings.rampUpFactor = 1.2;
            settings.raise = 1.1;
            settings.bias = 0.01;
            settings.inherentMaxBps = 14_000;
            settings.inherentMaxOffset = 0.9;
            settings.newtonSteps = 2;
            settings.newtonStep = 0.4;
            settings.observations = 15;
            settings.sendRateSmoothing = 0.01;
            settings.upperBoundWeightFactor = 0.97;
            settings.upperBoundBps = 90_000;
            settings.upperBoundLossOffset = 0.1;
            settings.weightFactor = 0.98;
            settings.increaseMax = 1.5;
            settings.trendIntegrated = trend;
        });
    }

    /// Two observations, large steps, what recovery from loss is tried with.
    private void recovering(Consumer<LossSettings> more) {
        make(settings -> {
            settings.raise = 1.2;
            settings.lower = 0.5;
            settings.observations = 2;
            settings.upperBoundBps = 10_000_000;
            settings.rampUpFactor = 2;
            settings.increaseMax = 1000;
            more.accept(settings);
        });
        estimator.acknowledged(300_000);
    }

    /// Candidates of its own and nothing acknowledged.
    private void candidates(double raise, double keep, double lower, Consumer<LossSettings> more) {
        make(settings -> {
            settings.raise = raise;
            settings.keep = keep;
            settings.lower = lower;
            settings.acknowledgedCandidate = false;
            settings.observations = 2;
            settings.upperBoundBps = 100_000;
            more.accept(settings);
        });
        estimator.limits(10_000, 1e9);
    }

    private void make(Consumer<LossSettings> changes) {
        LossSettings settings = published();
        changes.accept(settings);
        estimator = new LossEstimator(settings);
        estimator.set(600_000);
    }

    /// Packets of 15,000 bytes, one each 200 ms; the last ones are lost.
    private void packets(long firstMs, int count, int lost) {
        for (int i = 0; i < count; i++) {
            estimator.observations().add((firstMs + i * OBSERVED_MS) * 1_000_000, 15_000, i >= count - lost);
        }
    }

    private void received(long firstMs) {
        packets(firstMs, 2, 0);
    }

    private void tenthLost(long firstMs) {
        packets(firstMs, 10, 1);
    }

    private void halfLost(long firstMs) {
        packets(firstMs, 2, 1);
    }

    private void allLost(long firstMs) {
        packets(firstMs, 2, 2);
    }

    private void update(double delayBps, NetworkUse use) {
        estimator.update(delayBps, use, NO_PROBE, NO_LIMIT);
    }

    private void expect(double bps) {
        assertThat(estimator.bps()).isCloseTo(bps, within(1.0));
    }

    @Test
    void isTheDelaysEstimateWithoutARateOrWithTooShortAReport() {
        received(0);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.ready()).isFalse();
        assertThat(estimator.bps()).isInfinite();
        update(100_000, NORMAL);
        expect(100_000);
        usual(false);
        estimator.observations().add(0, 15_000, false);
        estimator.observations().add(OBSERVED_MS / 2 * 1_000_000, 15_000, false);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.ready()).isFalse();
        assertThat(estimator.bps()).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRateThatIsSetHoldsUntilTheNextReport(boolean trend) {
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.ready()).isTrue();
        assertThat(estimator.bps()).isFinite().isNotEqualTo(600_000);
        estimator.set(600_000);
        expect(600_000);
        received(2 * OBSERVED_MS);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.bps()).isNotEqualTo(600_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAcknowledgedCountsFromTheNextReportOn(boolean trend) {
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        expect(660_000);
        estimator.acknowledged(900_000);
        expect(660_000);
        received(2 * OBSERVED_MS);
        update(NO_LIMIT, NORMAL);
        double with = estimator.bps();
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        received(2 * OBSERVED_MS);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.bps()).isNotEqualTo(with);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isFairToOthersWhenFarTooMuchIsLost(boolean trend) {
        usual(trend);
        allLost(0);
        update(NO_LIMIT, NORMAL);
        expect(100_000);
    }

    @Test
    void doesNotGoUpWhileTheQueueEmpties() {
        usual(true);
        received(0);
        update(NO_LIMIT, UNDERUSED);
        assertThat(estimator.bps()).isLessThanOrEqualTo(600_000);
        received(2 * OBSERVED_MS);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.bps()).isLessThanOrEqualTo(600_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesUpAndNeverAboveTheDelaysEstimate(boolean trend) {
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.bps()).isGreaterThan(600_000);
        received(2 * OBSERVED_MS);
        update(500_000, NORMAL);
        expect(500_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fallsToWhatIsAcknowledgedInAnEmergency(boolean trend) {
        usual(trend);
        estimator.acknowledged(300_000);
        halfLost(0);
        update(NO_LIMIT, OVERUSED);
        allLost(2 * OBSERVED_MS);
        update(NO_LIMIT, OVERUSED);
        assertThat(estimator.bps()).isLessThanOrEqualTo(300_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameReportTwiceOrAShortOneChangesNothing(boolean trend) {
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        double before = estimator.bps();
        received(0);
        update(NO_LIMIT, NORMAL);
        expect(before);
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        received(OBSERVED_MS - 1);
        update(NO_LIMIT, NORMAL);
        expect(before);
        usual(trend);
        received(0);
        update(NO_LIMIT, NORMAL);
        received(OBSERVED_MS - 1);
        update(NO_LIMIT, UNDERUSED);
        assertThat(estimator.bps()).isLessThanOrEqualTo(before);
    }

    @Test
    void aShortReportCountsWhileTheQueueGrows() {
        usual(true);
        estimator.acknowledged(300_000);
        halfLost(0);
        update(NO_LIMIT, NORMAL);
        double before = estimator.bps();
        allLost(OBSERVED_MS - 1);
        update(NO_LIMIT, OVERUSED);
        assertThat(estimator.bps()).isLessThan(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isTheDelaysEstimateWithoutLossOrDelay(boolean trend) {
        usual(trend);
        for (int i = 0; i < 2; i++) {
            received(2L * i * OBSERVED_MS);
            update(DELAY_BPS, NORMAL);
            expect(DELAY_BPS);
        }
    }

    @Test
    void goesUpByALimitedFactorAfterItFell() {
        recovering(settings -> {
            settings.increaseMax = 1.5;
            settings.increasesUpToLoss = 1;
        });
        allLost(0);
        update(DELAY_BPS, NORMAL);
        double fallen = estimator.bps();
        received(OBSERVED_MS);
        estimator.acknowledged(600_000);
        update(DELAY_BPS, NORMAL);
        expect(1.5 * fallen);
    }

    @Test
    void leavesTheFieldToTheDelaysWhenLossIsOver() {
        recovering(settings -> {
            settings.raise = 100;
            settings.increaseMax = 100;
            settings.increasesUpToLoss = 1;
        });
        allLost(0);
        update(600_000, NORMAL);
        assertThat(estimator.state()).isEqualTo(LossEstimator.State.DECREASING);
        estimator.acknowledged(600_000);
        for (int i = 1; i <= 2; i++) {
            received((long) i * OBSERVED_MS);
            update(600_000, NORMAL);
            assertThat(estimator.state()).isEqualTo(LossEstimator.State.DELAY_BASED);
        }
    }

    @Test
    void staysInChargeWhenTheDelaysLimitNothing() {
        recovering(settings -> {
            settings.raise = 100;
            settings.increaseMax = 100;
        });
        allLost(0);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.state()).isEqualTo(LossEstimator.State.DECREASING);
        estimator.acknowledged(600_000);
        received(OBSERVED_MS);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.state()).isNotEqualTo(LossEstimator.State.DELAY_BASED);
    }

    @Test
    void afterALossItGoesLittleBeyondWhatIsAcknowledged() {
        make(settings -> {
            settings.biasUpToLoss = 0.99;
            settings.rampUpFactor = 1.2;
            settings.inherentMaxOffset = 0.9;
        });
        estimator.acknowledged(300_000);
        allLost(0);
        update(DELAY_BPS, NORMAL);
        estimator.acknowledged(50_000);
        tenthLost(OBSERVED_MS);
        update(DELAY_BPS, NORMAL);
        expect(60_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesUpOnlyOnceInAWindowAfterItFell(boolean trend) {
        usual(trend);
        estimator.acknowledged(300_000);
        received(0);
        update(DELAY_BPS, NORMAL);
        estimator.acknowledged(5_000_000);
        halfLost(298);
        update(DELAY_BPS, NORMAL);
        double before = estimator.bps();
        received(299);
        update(DELAY_BPS, NORMAL);
        expect(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnUpAfterTheWindow(boolean trend) {
        usual(trend);
        estimator.acknowledged(300_000);
        received(0);
        update(DELAY_BPS, NORMAL);
        estimator.acknowledged(5_000_000);
        received(299);
        update(DELAY_BPS, NORMAL);
        double before = estimator.bps();
        received(301);
        update(DELAY_BPS, NORMAL);
        assertThat(estimator.bps()).isGreaterThanOrEqualTo(before);
    }

    private void tenthLostTwice() {
        tenthLost(0);
        update(DELAY_BPS, NORMAL);
        tenthLost(OBSERVED_MS);
        update(DELAY_BPS, NORMAL);
    }

    @Test
    void isHeldByMoreLossThanTheLinkHasAnyway() {
        candidates(1.2, 0, 0, settings -> {});
        tenthLostTwice();
        expect(600_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.05})
    void prefersMoreUpToAShareOfLossAndLessAboveIt(double upToLoss) {
        candidates(1.2, 0, 0.8, settings -> {
            settings.bias = 1000;
            settings.logarithmicBias = 1000;
            settings.biasUpToLoss = upToLoss;
            settings.increasesUpToLoss = upToLoss > 0.1 ? 1 : 0;
        });
        tenthLostTwice();
        assertThat(estimator.bps() > 600_000).isEqualTo(upToLoss > 0.1);
        assertThat(estimator.bps()).isNotEqualTo(600_000);
    }

    @Test
    void trustsAProbeWhenItRecovers() {
        recovering(settings -> settings.trustsProbes = true);
        allLost(0);
        update(DELAY_BPS, NORMAL);
        received(OBSERVED_MS);
        estimator.update(DELAY_BPS, NORMAL, 300_000, NO_LIMIT);
        expect(300_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLinksCapacityBoundsItWhileLossLimitsIt(boolean bound) {
        recovering(settings -> settings.boundByCapacity = bound);
        allLost(0);
        update(DELAY_BPS, NORMAL);
        received(OBSERVED_MS);
        estimator.update(DELAY_BPS, NORMAL, NO_PROBE, 10_000);
        assertThat(estimator.bps() <= 10_000).isEqualTo(bound);
    }

    @Test
    void theLinksCapacityIsNoBoundOtherwise() {
        recovering(settings -> {});
        received(0);
        update(DELAY_BPS, NORMAL);
        received(OBSERVED_MS);
        estimator.update(DELAY_BPS, NORMAL, NO_PROBE, 10_000);
        assertThat(estimator.bps()).isGreaterThan(10_000);
    }

    private void strict(double highLoss) {
        candidates(0, 1, 0, settings -> {
            settings.bias = 1000;
            settings.logarithmicBias = 1000;
            settings.biasUpToLoss = 0.05;
            settings.highLoss = highLoss;
        });
    }

    @Test
    void highLossCapsIt() {
        strict(0.09);
        tenthLostTwice();
        expect(400_000);
        strict(0.3);
        halfLost(0);
        update(DELAY_BPS, NORMAL);
        halfLost(OBSERVED_MS);
        update(DELAY_BPS, NORMAL);
        expect(10_000);
        strict(0.3);
        allLost(0);
        update(DELAY_BPS, NORMAL);
        allLost(OBSERVED_MS);
        update(DELAY_BPS, NORMAL);
        expect(10_000);
    }

    @Test
    void recoversFromHighLoss() {
        candidates(1.1, 1, 0.9, settings -> {
            settings.bias = 1000;
            settings.logarithmicBias = 1000;
            settings.biasUpToLoss = 0.05;
            settings.highLoss = 0.3;
        });
        allLost(0);
        update(DELAY_BPS, NORMAL);
        expect(10_000);
        received(OBSERVED_MS);
        update(DELAY_BPS, NORMAL);
        received(2 * OBSERVED_MS);
        update(DELAY_BPS, NORMAL);
        assertThat(estimator.bps()).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNeverAboveTheHighestRate(boolean trend) {
        usual(trend);
        estimator.limits(10_000, 1_000_000);
        estimator.set(1_000_000);
        received(0);
        update(NO_LIMIT, NORMAL);
        assertThat(estimator.bps()).isLessThanOrEqualTo(1_000_000);
    }

    /// Not one of the vectors.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBurstOfLossLowersItOnlyWhereAQueueMayHaveOverflowed(boolean empty) {
        estimator = new LossEstimator(new LossSettings());
        estimator.set(600_000);
        estimator.acknowledged(500_000);
        estimator.queueEmpty(empty);
        for (int i = 0; i < 10; i++) {
            packets(i * 10L * OBSERVED_MS, 10, i == 9 ? 4 : 0);
            update(600_000, NORMAL);
        }
        assertThat(estimator.bps() < 600_000).isEqualTo(!empty);
    }
}
