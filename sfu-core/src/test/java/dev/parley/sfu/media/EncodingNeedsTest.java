package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Packet;
import org.junit.jupiter.api.Test;

final class EncodingNeedsTest {
    private static final long MS = MediaRig.MS;
    private static final long LINGER = EncodingNeeds.LINGER_NS;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final IncomingEncoding[] encodings = {rig.camera.encoding(0), rig.camera.encoding(1), rig.camera.encoding(2)
    };
    private final EncodingNeeds needs = new EncodingNeeds(encodings);
    private final TrackFeed here = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private final TrackFeed there = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private long nowNs = 1_000 * MS;

    /// What is told, or nothing when negative. Packets of these encodings come meanwhile.
    private int pass(long ns, int arriving) {
        int told = EncodingNeeds.NOTHING_TO_TELL;
        for (long end = nowNs + ns; nowNs < end && told < 0; ) {
            nowNs += 100 * MS;
            for (int i = 0; i < 3; i++) {
                if ((arriving & 1 << i) != 0) {
                    Packet packet = rig.layers[i].frame();
                    encodings[i].received(packet, nowNs);
                    packet.release();
                    needs.came(i, nowNs);
                }
            }
            told = needs.take(nowNs);
        }
        return told;
    }

    @Test
    void whatIsNeededIsOnAtOnce() {
        assertThat(pass(200 * MS, 0b100)).isNegative();
        needs.need(here, 0b001, nowNs);
        assertThat(needs.take(nowNs)).as("and what comes goes on").isEqualTo(0b101);
        needs.need(there, 0b010, nowNs);
        assertThat(needs.take(nowNs)).isEqualTo(0b111);
        assertThat(needs.take(nowNs)).as("told once").isEqualTo(EncodingNeeds.NOTHING_TO_TELL);
    }

    @Test
    void whatNobodyNeedsGoesOnForFiveSeconds() {
        needs.need(here, 0b100, nowNs);
        needs.need(there, 0b110, nowNs);
        assertThat(needs.take(nowNs)).isEqualTo(0b110);
        pass(30_000 * MS, 0b110);
        needs.need(there, 0b100, nowNs);
        long sinceNs = nowNs;
        assertThat(pass(LINGER + 100 * MS, 0b110)).isEqualTo(0b100);
        assertThat(nowNs - sinceNs).isBetween(LINGER, LINGER + 100 * MS);
        needs.need(here, 0, nowNs);
        needs.need(there, 0, nowNs);
        assertThat(pass(LINGER + 100 * MS, 0b100)).isZero();
    }

    @Test
    void whatIsNeededAgainMeanwhileWasNeverOff() {
        needs.need(here, 0b111, nowNs);
        assertThat(needs.take(nowNs)).isEqualTo(0b111);
        for (int i = 0; i < 10; i++) {
            needs.need(here, 0b100, nowNs);
            assertThat(pass(LINGER - 200 * MS, 0b111)).isNegative();
            needs.need(here, 0b111, nowNs);
            assertThat(pass(200 * MS, 0b111)).isNegative();
        }
    }

    @Test
    void theLowestStaysWhileSomebodyMayLook() {
        needs.lowestStays(true, nowNs);
        needs.need(here, 0b110, nowNs);
        assertThat(needs.take(nowNs)).isEqualTo(0b111);
        needs.need(here, 0, nowNs);
        assertThat(pass(LINGER + 100 * MS, 0b111)).isEqualTo(0b001);
        needs.lowestStays(false, nowNs);
        assertThat(pass(LINGER - 100 * MS, 0b001))
                .as("a reload is back by then")
                .isNegative();
        assertThat(pass(200 * MS, 0b001)).isZero();
    }

    @Test
    void whoeverIsAloneStopsAfterAWhile() {
        assertThat(pass(LINGER, 0b100)).isNegative();
        assertThat(pass(200 * MS, 0b100)).isZero();
    }

    @Test
    void companyAloneSwitchesNothingOffThatSomebodyMayStillAskFor() {
        needs.lowestStays(true, nowNs);
        assertThat(pass(LINGER, 0b100)).isNegative();
        assertThat(pass(200 * MS, 0b100)).isEqualTo(0b001);
    }

    @Test
    void whatDoesNotComeIsNotSwitchedOff() {
        needs.need(here, 0b001, nowNs);
        assertThat(needs.take(nowNs)).isEqualTo(0b001);
        pass(20_000 * MS, 0b001);
        needs.need(here, 0, nowNs);
        assertThat(pass(60_000 * MS, 0)).as("a share that has ended").isNegative();
        assertThat(needs.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        long sinceNs = nowNs;
        assertThat(pass(LINGER + 200 * MS, 0b001))
                .as("and begins again, and nobody looks")
                .isZero();
        assertThat(nowNs - sinceNs).isGreaterThanOrEqualTo(LINGER);
    }

    @Test
    void knowsWhenItHasSomethingToSay() {
        assertThat(needs.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        needs.need(here, 0b111, nowNs);
        needs.take(nowNs);
        assertThat(needs.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        needs.need(here, 0b001, nowNs);
        assertThat(needs.nextTimeNs()).isEqualTo(nowNs + LINGER);
    }
}
