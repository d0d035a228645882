package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Viewers whose layers change all the time, in virtual time and over bad links: numbers stay continuous, and
/// only what can be decoded is sent.
final class LayersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final int SEEDS = 20;
    private static final LinkConfig GOOD = LinkConfig.perfect().withDelayMs(20);
    private static final LinkConfig BAD = GOOD.withJitterMs(4).withLoss(0.04).withReorder(0.04, 25);

    private final Limits limits = Limits.defaults();

    /// A publisher and a viewer in a world of their own.
    private final class Scene {
        private final Simulation simulation;
        private final LayeredPublisher publisher;
        private final LayeredViewer viewer;

        private Scene(long seed, LayerPattern pattern, boolean sealed, LinkConfig link) {
            simulation = new Simulation(seed);
            TurnLoop owner = new TurnLoop(simulation);
            TurnLoop watcher = seed % 2 == 0 ? owner : new TurnLoop(simulation);
            int encodings = pattern.spatial > 1 ? 1 : 3;
            publisher = new LayeredPublisher(pattern, encodings, sealed, simulation, owner, link, limits);
            viewer = new LayeredViewer(pattern, sealed, simulation, watcher, link, limits);
            publisher.start();
            viewer.start(publisher.track);
        }

        private void run(long ns) {
            simulation.run(ns);
        }

        /// What is under way arrives, and is judged.
        private void end() {
            publisher.encoders.forEach(encoder -> encoder.active = false);
            publisher.calm(GOOD);
            viewer.calm(GOOD);
            run(2 * SECOND);
            viewer.judge.verdict(publisher.unreached());
        }

        private List<LayeredFrame> framesSince(long ns) {
            return viewer.judge.frames().stream()
                    .filter(shown -> shown.first().sentNs() >= ns)
                    .map(LayeredJudge.Shown::frame)
                    .toList();
        }

        /// The layers that went out in the last stretch of time.
        private int spatialSince(long ns) {
            return framesSince(ns).stream()
                    .mapToInt(frame -> Math.max(frame.spatial(), frame.encoding()))
                    .max()
                    .orElse(-1);
        }

        private int temporalSince(long ns) {
            return framesSince(ns).stream()
                    .mapToInt(LayeredFrame::temporal)
                    .max()
                    .orElse(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverLayersAreWantedOnlyDecodableFramesGoOutUnderContinuousNumbers(LayerPattern pattern) {
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, pattern, false, BAD);
            SplittableRandom random = new SplittableRandom(seed);
            for (int turn = 0; turn < 10; turn++) {
                scene.run(random.nextLong(100 * MS, 2 * SECOND));
                int spatial = random.nextInt(8) == 0 ? OutgoingTrack.NO_LAYER : random.nextInt(3);
                scene.viewer.target(spatial, random.nextInt(3));
            }
            scene.end();
            assertThat(scene.viewer.judge.frames()).hasSizeGreaterThan(30);
            assertThat(scene.viewer.unrepaired())
                    .as("numbers that the viewer never got")
                    .isLessThanOrEqualTo(scene.publisher.unreached() + 2L);
        });
    }

    @ParameterizedTest
    @EnumSource
    void theWantedLayersComeAndNoOthers(LayerPattern pattern) {
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, pattern, false, GOOD);
            SplittableRandom random = new SplittableRandom(seed);
            for (int turn = 0; turn < 8; turn++) {
                int spatial = random.nextInt(3);
                int temporal = random.nextInt(3);
                scene.viewer.target(spatial, temporal);
                scene.run(1500 * MS);
                long since = scene.simulation.nowNs();
                scene.run(SECOND);
                assertThat(scene.spatialSince(since)).as("spatial layer").isEqualTo(spatial);
                assertThat(scene.temporalSince(since)).as("temporal layer").isEqualTo(temporal);
                assertThat(scene.viewer.track.spatialLayer()).isEqualTo(spatial);
                assertThat(scene.viewer.track.temporalLayer()).isEqualTo(temporal);
                int perPicture = pattern == LayerPattern.AV1 ? spatial + 1 : 1;
                assertThat(scene.framesSince(since).size() / perPicture)
                        .as("frames of a second")
                        .isCloseTo(30 >> (2 - temporal), within(2));
            }
            scene.end();
            assertThat(scene.viewer.judge.holes()).isZero();
            assertThat(scene.viewer.judge.empty()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void fewerPicturesNeedNoKeyFrame(LayerPattern pattern) {
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, pattern, false, GOOD);
            scene.run(2 * SECOND);
            int asked = scene.publisher.keyFrameRequests;
            for (int i = 0; i < 4; i++) {
                scene.viewer.target(OutgoingTrack.ALL_LAYERS, i % 2);
                scene.run(SECOND);
                scene.viewer.target(OutgoingTrack.ALL_LAYERS, OutgoingTrack.ALL_LAYERS);
                scene.run(SECOND);
            }
            assertThat(scene.publisher.keyFrameRequests).isEqualTo(asked);
            scene.end();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTheEndsEncryptIsForwardedAllTheSame(LayerPattern pattern) {
        Fuzz.seeds(4, seed -> {
            Scene open = new Scene(seed, pattern, false, BAD);
            Scene sealed = new Scene(seed, pattern, true, BAD);
            for (Scene scene : List.of(open, sealed)) {
                SplittableRandom random = new SplittableRandom(seed);
                for (int turn = 0; turn < 5; turn++) {
                    scene.run(random.nextLong(100 * MS, 2 * SECOND));
                    scene.viewer.target(random.nextInt(3), random.nextInt(3));
                }
                scene.end();
            }
            assertThat(sealed.viewer.judge.frames().stream().map(LayeredJudge.Shown::frame))
                    .containsExactlyElementsOf(open.viewer.judge.frames().stream()
                            .map(LayeredJudge.Shown::frame)
                            .toList());
        });
    }

    private static long longestPauseNs(Scene scene, long since) {
        long before = since;
        long longest = 0;
        for (LayeredJudge.Shown shown : scene.viewer.judge.frames()) {
            long at = shown.first().sentNs();
            if (at >= since) {
                longest = Math.max(longest, at - before);
                before = at;
            }
        }
        return Math.max(longest, scene.simulation.nowNs() - before);
    }

    @Test
    @DisplayName("hostile C12 a layer vanishes: the next is there within half a second, and it may come back")
    void hostile_C12_aLayerVanishes() {
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, LayerPattern.VP8, false, GOOD);
            SplittableRandom random = new SplittableRandom(seed);
            scene.run(SECOND + random.nextLong(SECOND));
            for (int i = 0; i < 6; i++) {
                int gone = 1 + random.nextInt(2);
                long since = scene.simulation.nowNs() - LayeredPublisher.PICTURE_NS;
                scene.publisher.encoders.get(gone).active = false;
                scene.run(SECOND);
                assertThat(longestPauseNs(scene, since)).isLessThan(500 * MS);
                LayeredEncoder back = scene.publisher.encoders.get(gone);
                back.active = true;
                back.keyWanted = random.nextBoolean();
                scene.run(2 * SECOND);
                assertThat(scene.viewer.track.spatialLayer()).isEqualTo(2);
            }
            scene.end();
        });
    }

    @Test
    @DisplayName("hostile C12 all layers vanish and come back; layers vanish during 10 % loss")
    void hostile_C12_allLayersVanishAndLossMeanwhile() {
        LinkConfig lossy = GOOD.withLoss(0.10).withReorder(0.02, 20);
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, LayerPattern.VP8, false, lossy);
            SplittableRandom random = new SplittableRandom(seed);
            scene.run(2 * SECOND);
            for (int i = 0; i < 4; i++) {
                int gone = random.nextInt(3);
                scene.publisher.encoders.get(gone).active = false;
                long since = scene.simulation.nowNs() - LayeredPublisher.PICTURE_NS;
                scene.run(3 * SECOND);
                assertThat(longestPauseNs(scene, since)).isLessThan(SECOND);
                scene.publisher.encoders.get(gone).active = true;
                scene.publisher.encoders.get(gone).keyWanted = true;
            }
            scene.publisher.encoders.forEach(encoder -> encoder.active = false);
            scene.run(3 * SECOND);
            scene.publisher.encoders.forEach(encoder -> encoder.active = true);
            long since = scene.simulation.nowNs();
            scene.run(2 * SECOND);
            assertThat(scene.framesSince(since + SECOND)).hasSizeGreaterThan(20);
            scene.end();
        });
    }
}
