package dev.parley.sfu.session;

import static dev.parley.sfu.session.PublisherRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.BitrateAllocator;
import dev.parley.sfu.media.CaughtMedia;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingTrack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A client with one slot for pictures that shows its own camera of three encodings, under a budget.
final class AllocationTest {
    private static final int SSRC = 500;
    private static final byte[] KEY_FRAME = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 0, 5, (byte) 0xd0, 2};
    private static final String[] RIDS = {"q", "h", "f"};
    private static final Demand LARGE = new Demand(Demand.Weight.TILE, 0, 1280, 720);
    private static final Demand SMALL = new Demand(Demand.Weight.TILE, 0, 160, 90);
    private static final Demand HIDDEN = new Demand(Demand.Weight.HIDDEN, 0, 0, 0);

    private final PublisherRig rig = PublisherRig.chromium();
    private final Feeds feeds = new Feeds(rig.loop, rig.limits);
    private final CaughtRtcp reports = new CaughtRtcp(rig.loop.packets());
    private final CaughtMedia media = new CaughtMedia(rig.loop.packets());
    private final List<Boolean> pauses = new ArrayList<>();
    private final Budget budget = new Budget();
    private final Allocation allocation = new Allocation(budget, this::paused);
    private final Receptions receptions = new Receptions(reports, 0, allocation);
    private final OutgoingTrack track;
    /// What the publisher sends, one bit an encoding.
    private int sends = 0b111;

    private final int[] seqs = new int[3];

    private static final class Budget implements MediaBudget {
        private long bps = BitrateAllocator.UNKNOWN;
        private long wanted;

        @Override
        public long mediaBps(long nowNs) {
            return bps;
        }

        @Override
        public void wanted(long all) {
            wanted = all;
        }
    }

    AllocationTest() {
        Section section = PublisherRig.receiving("v", MediaKind.VIDEO, SSRC, 0);
        track = new OutgoingTrack(
                Reception.formatOf(section, false), feeds, media, rig.loop.counters(), rig.limits, Rng.seeded(1));
        receptions.add(section, track);
        show(rig.track(1));
    }

    private void paused(int slot, IncomingTrack of, boolean isPaused) {
        assertThat(slot).isZero();
        assertThat(of).isSameAs(rig.track(1));
        pauses.add(isPaused);
    }

    @AfterEach
    void nothingIsLeft() {
        rig.loop.turn(() -> receptions.close(rig.loop.nowNs()));
        assertThat(feeds.size()).isZero();
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    private void show(IncomingTrack picture) {
        rig.loop.turn(() -> receptions.show(0, picture, null, rig.loop.nowNs()));
    }

    private void demand(Demand demand) {
        rig.loop.turn(() -> {
            receptions.demand(0, demand);
            receptions.onTime(rig.loop.nowNs());
        });
    }

    /// Twenty pictures a second, all of them key frames: about 50, 150 and 500 kbit/s.
    private void run(double seconds) {
        for (int i = 0; i < seconds * 20; i++) {
            rig.pass(50 * MS);
            for (int encoding = 0; encoding < RIDS.length; encoding++) {
                if ((sends & 1 << encoding) != 0) {
                    picture(encoding);
                }
            }
            rig.loop.turn(() -> {
                if (receptions.nextTimeNs() <= rig.loop.nowNs()) {
                    receptions.onTime(rig.loop.nowNs());
                }
            });
        }
    }

    private void picture(int encoding) {
        byte[] payload = Arrays.copyOf(KEY_FRAME, new int[] {280, 900, 1150}[encoding]);
        int width = 320 << encoding;
        int height = 180 << encoding;
        payload[7] = (byte) width;
        payload[8] = (byte) (width >> 8);
        payload[9] = (byte) height;
        payload[10] = (byte) (height >> 8);
        rig.receive(ClientRtp.of(21 + encoding, PublisherRig.VP8, ++seqs[encoding])
                .mid("1")
                .rid(RIDS[encoding])
                .payload(payload));
    }

    private int sentSince(int before) {
        return media.sent.size() - before;
    }

    @Test
    void aTileGetsTheSmallestLayerThatIsLargeEnough() {
        run(1);
        assertThat(track.spatialLayer()).isEqualTo(2);
        demand(SMALL);
        run(0.2);
        assertThat(track.spatialLayer()).isZero();
        demand(LARGE);
        run(0.2);
        assertThat(track.spatialLayer()).isEqualTo(2);
    }

    @Test
    void theBudgetIsKeptAndWhatWouldBeSentIsTold() {
        budget.bps = 100_000;
        run(4);
        assertThat(track.spatialLayer()).isZero();
        assertThat(budget.wanted).isBetween(180_000L, 220_000L);
        budget.bps = 1_000_000;
        run(4);
        assertThat(track.spatialLayer()).isEqualTo(2);
    }

    @Test
    void whatIsHiddenIsNotSentAndNobodyIsAskedForIt() {
        run(1);
        demand(HIDDEN);
        int sent = media.sent.size();
        long asked = rig.count(SfuCounter.KEY_FRAME_REQUESTS_IN);
        run(8);
        assertThat(sentSince(sent)).isZero();
        assertThat(rig.count(SfuCounter.KEY_FRAME_REQUESTS_IN)).isEqualTo(asked);
        assertThat(pauses).isEmpty();
        assertThat(allocation.nextTimeNs())
                .as("there is nothing to decide")
                .isGreaterThan(rig.loop.nowNs() + 1_000 * MS);
        demand(LARGE);
        run(0.1);
        assertThat(sentSince(sent)).isPositive();
    }

    @Test
    void aPauseThatLastsIsToldAndItsEnd() {
        run(3);
        budget.bps = 0;
        run(0.9);
        assertThat(pauses).as("too short to be told of").isEmpty();
        int sent = media.sent.size();
        run(1);
        assertThat(pauses).containsExactly(true);
        assertThat(sentSince(sent)).isZero();
        budget.bps = 1_000_000;
        run(3);
        assertThat(pauses).containsExactly(true, false);
        assertThat(sentSince(sent)).isPositive();
    }

    @Test
    void aPauseEndsWithItsPicture() {
        run(3);
        budget.bps = 0;
        run(3);
        assertThat(pauses).containsExactly(true);
        demand(HIDDEN);
        assertThat(pauses).containsExactly(true, false);
    }

    @Test
    void aPauseThatLastsToTheEndIsTakenBack() {
        run(3);
        budget.bps = 0;
        run(3);
        rig.loop.turn(() -> receptions.close(rig.loop.nowNs()));
        assertThat(pauses).containsExactly(true, false);
    }

    @Test
    void theFirstPictureIsOfWhatComesEvenIfItIsTooLarge() {
        sends = 0b100;
        budget.bps = 60_000;
        run(0.5);
        assertThat(track.spatialLayer()).isEqualTo(2);
        sends = 0b101;
        run(0.5);
        assertThat(track.spatialLayer()).as("the smaller one has come").isZero();
        assertThat(pauses).isEmpty();
    }
}
