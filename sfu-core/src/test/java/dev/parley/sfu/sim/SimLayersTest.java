package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.synthetic.Publishing;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Which layers viewers get as their tiles grow, shrink and hide, and what publishers are told to send.
final class SimLayersTest {
    private static final int SEEDS = 20;
    private static final Demand LARGE = new Demand(Demand.Weight.TILE, 0, 1280, 720);
    private static final Demand MIDDLE = new Demand(Demand.Weight.TILE, 0, 640, 360);
    private static final Demand SMALL = new Demand(Demand.Weight.TILE, 0, 320, 180);
    private static final Demand HIDDEN = new Demand(Demand.Weight.HIDDEN, 0, 0, 0);

    private static void demand(SimCall call, SimBrowser viewer, SimBrowser shown, Demand demand) {
        int slot = shown.slotAt(viewer, TrackSource.CAMERA);
        assertThat(slot).isNotNegative();
        call.server().onSession(viewer.id(), session -> session.demand(slot, demand));
    }

    /// How long it took, in seconds.
    private static double until(SimCall call, double atMost, BooleanSupplier done) {
        long sinceNs = call.nowNs();
        while (!done.getAsBoolean() && call.nowNs() - sinceNs < atMost * 1e9) {
            call.run(0.02);
        }
        assertThat(done.getAsBoolean()).as(call + " within " + atMost + " s").isTrue();
        return (call.nowNs() - sinceNs) / 1e9;
    }

    private static long lastFrameNs(SimBrowser viewer, SimBrowser shown) {
        int slot = shown.slotAt(viewer, TrackSource.CAMERA);
        return viewer.receiver().lastFrameNs(viewer.ssrcOf(slot, true));
    }

    /// Runs on, and gives the longest time in seconds that the picture stood.
    private static double longestFreeze(SimCall call, double seconds, SimBrowser viewer, SimBrowser shown) {
        long longestNs = 0;
        for (long end = call.nowNs() + (long) (seconds * 1e9); call.nowNs() < end; ) {
            call.run(0.02);
            longestNs = Math.max(longestNs, call.nowNs() - lastFrameNs(viewer, shown));
        }
        return longestNs / 1e9;
    }

    @Test
    void aTileGetsTheLayerThatItsSizeNeedsAndPublishersStopWhatNobodyNeeds() {
        Fuzz.seeds(SEEDS, seed -> {
            SimCall call = new SimCall(seed, SimCall.GOOD);
            SimBrowser publisher = call.join(Publishing.page());
            SimBrowser viewer = call.join(Publishing.page());
            call.run(3);
            assertThat(publisher.encodingAt(viewer)).isEqualTo(2);
            assertThat(publisher.camera().isActive(0))
                    .as("at hand for whoever comes")
                    .isTrue();
            assertThat(publisher.camera().isActive(1)).isFalse();
            demand(call, viewer, publisher, SMALL);
            until(call, 1, () -> publisher.encodingAt(viewer) == 0);
            double stopped = until(call, 7, () -> !publisher.camera().isActive(2));
            assertThat(stopped).as("it might have been wanted again").isGreaterThan(4);
            demand(call, viewer, publisher, LARGE);
            until(call, 3, () -> publisher.encodingAt(viewer) == 2);
            demand(call, viewer, publisher, MIDDLE);
            until(call, 3, () -> publisher.encodingAt(viewer) == 1);
            assertThat(longestFreeze(call, 3, viewer, publisher)).isLessThan(0.2);
            call.end();
        });
    }

    @Test
    void aFrameGapWhileTilesChangeIsHardlySeen() {
        Fuzz.seeds(SEEDS, seed -> {
            SimCall call = new SimCall(seed, SimCall.GOOD);
            SimBrowser publisher = call.join(Publishing.page());
            SimBrowser viewer = call.join(Publishing.page());
            call.run(3);
            for (Demand demand : List.of(SMALL, LARGE, MIDDLE, SMALL, MIDDLE, LARGE)) {
                demand(call, viewer, publisher, demand);
                assertThat(longestFreeze(call, 1 + seed % 7, viewer, publisher))
                        .as("as " + demand + " is wanted")
                        .isLessThan(0.25);
            }
            call.end();
        });
    }

    @Test
    void whatIsHiddenIsNeitherSentNorAskedForNorMade() {
        SimCall call = new SimCall(1, SimCall.GOOD);
        SimBrowser publisher = call.join(Publishing.page().silent());
        SimBrowser viewer = call.join(Publishing.nothing());
        call.run(3);
        demand(call, viewer, publisher, HIDDEN);
        call.run(0.2);
        int slot = publisher.slotAt(viewer, TrackSource.CAMERA);
        int ssrc = viewer.ssrcOf(slot, true);
        long lastNs = viewer.receiver().lastPacketNs(ssrc);
        int asked = publisher.publisher().keyFrameRequests();
        call.run(7);
        assertThat(viewer.receiver().lastPacketNs(ssrc)).isEqualTo(lastNs);
        assertThat(publisher.publisher().keyFrameRequests()).isEqualTo(asked);
        assertThat(publisher.camera().isActive(2)).isFalse();
        assertThat(publisher.camera().isActive(0)).isTrue();
        demand(call, viewer, publisher, LARGE);
        double back = until(call, 1, () -> viewer.receiver().lastFrameNs(ssrc) > lastNs);
        assertThat(back).isLessThan(0.3);
        until(call, 3, () -> publisher.encodingAt(viewer) == 2);
        call.end();
    }

    @Test
    void whoeverIsAloneSendsNoPictureAndIsSeenAtOnceByTheNext() {
        Fuzz.seeds(SEEDS, seed -> {
            SimCall call = new SimCall(seed, SimCall.GOOD);
            SimBrowser alone = call.join(Publishing.page());
            call.run(8);
            assertThat(alone.camera().isActive(2)).isFalse();
            SimBrowser next = call.join(Publishing.page());
            until(call, 2, next.client()::connected);
            until(call, 0.4, () -> alone.slotAt(next, TrackSource.CAMERA) >= 0 && alone.encodingAt(next) >= 0);
            until(call, 3, () -> alone.encodingAt(next) == 2);
            call.leave(next);
            until(
                    call,
                    7.5,
                    () -> !alone.camera().isActive(2) && !alone.camera().isActive(0));
            call.end();
        });
    }

    @Test
    void aScreenStartsAtOnceAndIsNotMadeWhenNobodyLooks() {
        SimCall call = new SimCall(1, SimCall.GOOD);
        SimBrowser presenter = call.join(Publishing.page());
        SimBrowser viewer = call.join(Publishing.page());
        call.run(10);
        presenter.shareScreen();
        until(call, 1, () -> presenter.slotAt(viewer, TrackSource.SCREEN) >= 0);
        int ssrc = viewer.ssrcOf(presenter.slotAt(viewer, TrackSource.SCREEN), true);
        until(call, 0.5, () -> viewer.receiver().lastFrameNs(ssrc) > 0);
        call.leave(viewer);
        call.run(7);
        List<SfuEvent.Layers> told = presenter.events().stream()
                .filter(SfuEvent.Layers.class::isInstance)
                .map(SfuEvent.Layers.class::cast)
                .filter(layers -> layers.active().size() == 1)
                .toList();
        assertThat(told).extracting(layers -> layers.active().getFirst()).containsExactly(true, false);
        call.end();
    }

    @Test
    void publishersAreToldOnlyWhatChanges() {
        SimCall call = new SimCall(1, SimCall.GOOD);
        SimBrowser publisher = call.join(Publishing.page());
        List<SimBrowser> viewers = List.of(
                call.join(Publishing.nothing()), call.join(Publishing.nothing()), call.join(Publishing.nothing()));
        call.run(3);
        long told = layersTold(publisher);
        for (int i = 0; i < 12; i++) {
            demand(call, viewers.get(i % 3), publisher, i % 2 == 0 ? SMALL : LARGE);
            call.run(0.5);
        }
        assertThat(layersTold(publisher))
                .as("the large one was wanted all the time")
                .isEqualTo(told);
        call.end();
    }

    private static long layersTold(SimBrowser publisher) {
        return publisher.events().stream()
                .filter(SfuEvent.Layers.class::isInstance)
                .count();
    }

    @Test
    void whoeverDoesNotDoAsToldIsSeenAllTheSame() {
        SimCall call = new SimCall(1, SimCall.GOOD);
        SimBrowser publisher = call.join(Publishing.page());
        publisher.disobey();
        SimBrowser viewer = call.join(Publishing.nothing());
        call.run(3);
        for (Demand demand : List.of(SMALL, MIDDLE, LARGE)) {
            demand(call, viewer, publisher, demand);
            assertThat(longestFreeze(call, 5, viewer, publisher)).isLessThan(0.2);
        }
        call.end();
    }

    @Test
    @DisplayName("hostile C12 a publisher's layers vanish in a room, one and all, also during 10 % loss")
    void hostile_C12_layersVanishInARoom() {
        Fuzz.seeds(SEEDS, seed -> {
            SimCall call = new SimCall(seed, SimCall.GOOD);
            SimBrowser publisher = call.join(Publishing.page());
            SimBrowser viewer = call.join(Publishing.nothing());
            call.link(SimCall.GOOD.withLoss(0.1));
            SimBrowser lossy = call.join(Publishing.nothing());
            call.run(4);
            for (int round = 0; round < 3; round++) {
                publisher.camera().active(2, false);
                assertThat(longestFreeze(call, 2, viewer, publisher)).isLessThan(0.5);
                call.run(4);
                publisher.camera().active(2, true);
                until(call, 4, () -> publisher.encodingAt(viewer) == 2 && publisher.encodingAt(lossy) == 2);
            }
            publisher.camera().active(2, false);
            assertThat(longestFreeze(call, 4, lossy, publisher)).isLessThan(1);
            for (int encoding = 0; encoding < 3; encoding++) {
                publisher.camera().active(encoding, false);
            }
            call.run(2);
            publisher.camera().active(0, true);
            until(call, 1.5, () -> call.nowNs() - lastFrameNs(viewer, publisher) < 100_000_000);
            publisher.camera().active(2, true);
            until(call, 4, () -> publisher.encodingAt(viewer) == 2);
            call.liveness().expectFreezes();
            call.end();
        });
    }
}
