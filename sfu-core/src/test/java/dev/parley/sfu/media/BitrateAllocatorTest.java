package dev.parley.sfu.media;

import static dev.parley.sfu.media.Demand.Weight.HIDDEN;
import static dev.parley.sfu.media.Demand.Weight.PINNED;
import static dev.parley.sfu.media.Demand.Weight.SHARE;
import static dev.parley.sfu.media.Demand.Weight.SPEAKER;
import static dev.parley.sfu.media.Demand.Weight.TILE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BitrateAllocatorTest {
    private static final long MS = 1_000_000;
    private static final long EVERY_NS = 200 * MS;
    private static final int NONE = OutgoingTrack.NO_LAYER;

    private final BitrateAllocator allocator = new BitrateAllocator();
    private final Map<ViewedPicture, GivenSource> sources = new LinkedHashMap<>();
    private long nowNs = 1_000 * MS;

    private ViewedPicture picture(GivenSource source, Demand.Weight weight, int order) {
        return picture(source, new Demand(weight, order, 0, 0));
    }

    private ViewedPicture picture(GivenSource source, Demand demand) {
        ViewedPicture picture = new ViewedPicture();
        picture.demand(demand);
        sources.put(picture, source);
        return picture;
    }

    private void allocate(long budgetBps) {
        nowNs += EVERY_NS;
        sources.forEach((picture, source) -> source.describe(picture.layers()));
        allocator.allocate(List.copyOf(sources.keySet()), budgetBps, nowNs);
    }

    private void allocateFor(long ns, long budgetBps) {
        for (long end = nowNs + ns; nowNs < end; ) {
            allocate(budgetBps);
        }
    }

    /// As if the first sight was long ago.
    private void settled(long budgetBps) {
        allocateFor(60_000 * MS, budgetBps);
    }

    @Test
    void withoutABudgetEverybodyGetsWhatTheTileHasAUseFor() {
        ViewedPicture unknown = picture(GivenSource.camera(), TILE, 0);
        ViewedPicture small = picture(GivenSource.camera(), new Demand(TILE, 1, 320, 180));
        ViewedPicture middle = picture(GivenSource.camera(), new Demand(TILE, 2, 420, 236));
        allocate(BitrateAllocator.UNKNOWN);
        assertThat(unknown.spatialLayer()).isEqualTo(2);
        assertThat(small.spatialLayer()).isZero();
        assertThat(middle.spatialLayer()).isEqualTo(1);
        assertThat(middle.needed()).isEqualTo(0b010);
    }

    @Test
    void aTileThatIsHardlyLargerThanALayerIsContentWithIt() {
        ViewedPicture stretched = picture(GivenSource.camera(), new Demand(TILE, 0, 700, 394));
        ViewedPicture portrait = picture(GivenSource.camera(), new Demand(TILE, 0, 200, 720));
        ViewedPicture larger = picture(GivenSource.camera(), new Demand(TILE, 0, 720, 405));
        allocate(BitrateAllocator.UNKNOWN);
        assertThat(stretched.spatialLayer()).isEqualTo(1);
        assertThat(portrait.spatialLayer()).as("wide enough, and it is cut").isZero();
        assertThat(larger.spatialLayer()).isEqualTo(2);
    }

    @Test
    void everybodysLowestComesBeforeAnybodysNext() {
        List<ViewedPicture> tiles = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tiles.add(picture(GivenSource.camera(), TILE, i));
        }
        ViewedPicture speaker = picture(GivenSource.camera(), SPEAKER, 9);
        settled(1_000_000);
        assertThat(tiles).allMatch(tile -> tile.spatialLayer() == 0);
        assertThat(speaker.spatialLayer()).isZero();
        settled(1_500_000);
        assertThat(speaker.spatialLayer()).as("0.9 of it, less five tiles").isEqualTo(1);
        assertThat(tiles).allMatch(tile -> tile.spatialLayer() == 0);
    }

    @Test
    void weightsAreServedInTheirOrder() {
        ViewedPicture tile = picture(GivenSource.camera(), TILE, 0);
        ViewedPicture pinned = picture(GivenSource.camera(), PINNED, 1);
        ViewedPicture share = picture(GivenSource.screen(300_000, 600_000, 1_200_000), SHARE, 2);
        settled(1_700_000);
        assertThat(share.temporalLayer()).isEqualTo(OutgoingTrack.ALL_LAYERS);
        assertThat(pinned.spatialLayer()).isZero();
        settled(2_100_000);
        assertThat(pinned.spatialLayer()).isEqualTo(1);
        assertThat(tile.spatialLayer()).isZero();
    }

    @Test
    void tilesOfOneWeightClimbTogether() {
        List<ViewedPicture> tiles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tiles.add(picture(GivenSource.camera(), TILE, i));
        }
        settled(2_000_000);
        assertThat(tiles).allMatch(tile -> tile.spatialLayer() == 1);
        settled(3_100_000);
        assertThat(tiles).extracting(ViewedPicture::spatialLayer).containsExactly(2, 1, 1);
    }

    @Test
    void aScreenKeepsItsSizeAndGivesUpItsRate() {
        ViewedPicture share = picture(GivenSource.screen(500_000, 1_000_000, 2_500_000), SHARE, 0);
        settled(3_000_000);
        assertThat(share.temporalLayer()).isEqualTo(OutgoingTrack.ALL_LAYERS);
        allocate(1_200_000);
        assertThat(share.temporalLayer()).isEqualTo(1);
        allocate(600_000);
        assertThat(share.temporalLayer()).isZero();
        assertThat(share.paused()).isFalse();
        allocate(400_000);
        assertThat(share.paused()).isTrue();
    }

    @Test
    void aScreenOfTwoRatesShowsTheSlowerOneEvenInASmallTile() {
        ViewedPicture share = picture(GivenSource.screenOfTwo(600_000, 2_500_000), new Demand(SHARE, 0, 300, 170));
        settled(BitrateAllocator.UNKNOWN);
        assertThat(share.spatialLayer()).as("they are of one size").isEqualTo(1);
        allocate(1_000_000);
        assertThat(share.spatialLayer()).isZero();
    }

    @Test
    void layersOfRateAreStepsInBetween() {
        GivenSource camera = GivenSource.encodings(
                new long[] {80_000, 110_000, 150_000},
                new long[] {250_000, 350_000, 500_000},
                new long[] {900_000, 1_200_000, 1_700_000});
        ViewedPicture tile = picture(camera, TILE, 0);
        settled(1_500_000);
        assertThat(tile.spatialLayer()).isEqualTo(2);
        assertThat(tile.temporalLayer()).isEqualTo(1);
        allocate(1_000_000);
        assertThat(tile.spatialLayer()).as("a quarter of the rate is no gain").isEqualTo(1);
        assertThat(tile.temporalLayer()).isEqualTo(OutgoingTrack.ALL_LAYERS);
        allocate(90_000);
        assertThat(tile.spatialLayer()).isZero();
        assertThat(tile.temporalLayer()).isZero();
    }

    @Test
    void fallsAtOnceAndClimbsWhenThereHasBeenRoomForAWhile() {
        ViewedPicture tile = picture(GivenSource.camera(), TILE, 0);
        settled(2_000_000);
        assertThat(tile.spatialLayer()).isEqualTo(2);
        allocate(1_600_000);
        assertThat(tile.spatialLayer()).isEqualTo(1);
        allocateFor(30_000 * MS, 1_800_000);
        assertThat(tile.spatialLayer()).as("there is no room to spare").isEqualTo(1);
        allocate(2_000_000);
        assertThat(tile.spatialLayer()).isEqualTo(1);
        allocateFor(BitrateAllocator.CLIMB_NS + EVERY_NS, 2_000_000);
        assertThat(tile.spatialLayer()).isEqualTo(2);
    }

    @Test
    void roomThatCameAndWentIsNoRoom() {
        ViewedPicture tile = picture(GivenSource.camera(), TILE, 0);
        settled(600_000);
        allocate(400_000);
        for (int i = 0; i < 20; i++) {
            allocateFor(BitrateAllocator.CLIMB_NS - 2 * EVERY_NS, 2_000_000);
            allocate(400_000);
        }
        assertThat(tile.spatialLayer()).isZero();
    }

    @Test
    void whoeverLostAStepSoonAfterItWaitsLongerForTheNext() {
        ViewedPicture tile = picture(GivenSource.camera(), TILE, 0);
        settled(600_000);
        int climbs = 0;
        for (long end = nowNs + 60_000 * MS; nowNs < end; ) {
            boolean below = tile.spatialLayer() < 2;
            allocate(below ? 2_000_000 : 600_000);
            climbs += tile.spatialLayer() == 2 ? 1 : 0;
        }
        assertThat(climbs).isBetween(3, 7);
    }

    @Test
    void pausesWhereNotEvenTheLowestFitsAndResumesByItself() {
        ViewedPicture first = picture(GivenSource.camera(), TILE, 0);
        ViewedPicture second = picture(GivenSource.camera(), TILE, 1);
        settled(400_000);
        allocate(200_000);
        assertThat(first.paused()).isFalse();
        assertThat(second.paused()).isTrue();
        assertThat(second.needed()).as("nobody has to send it for this viewer").isZero();
        allocateFor(BitrateAllocator.RESUME_NS + 2 * EVERY_NS, 400_000);
        assertThat(second.spatialLayer()).isZero();
    }

    @Test
    void aTileThatGrowsIsServedAtOnceWhereThereIsRoom() {
        ViewedPicture tile = picture(GivenSource.camera(), new Demand(TILE, 0, 320, 180));
        settled(3_000_000);
        allocate(200_000);
        allocateFor(10_000 * MS, 3_000_000);
        assertThat(tile.spatialLayer()).isZero();
        tile.demand(new Demand(TILE, 0, 1280, 720));
        allocate(3_000_000);
        assertThat(tile.spatialLayer()).isEqualTo(2);
        tile.demand(new Demand(TILE, 0, 320, 180));
        allocate(3_000_000);
        assertThat(tile.spatialLayer()).as("and smaller at once").isZero();
    }

    @Test
    void whatIsHiddenCostsNothingAndComesBackAtOnce() {
        ViewedPicture tile = picture(GivenSource.camera(), TILE, 0);
        ViewedPicture other = picture(GivenSource.camera(), TILE, 1);
        settled(700_000);
        assertThat(other.spatialLayer()).isZero();
        tile.demand(new Demand(HIDDEN, 0, 0, 0));
        allocateFor(3_000 * MS, 700_000);
        assertThat(tile.spatialLayer()).isEqualTo(NONE);
        assertThat(tile.paused()).as("nobody misses it").isFalse();
        assertThat(tile.needed()).isZero();
        assertThat(other.spatialLayer()).isEqualTo(1);
        tile.demand(new Demand(TILE, 0, 0, 0));
        allocate(700_000);
        assertThat(tile.spatialLayer()).isNotEqualTo(NONE);
    }

    @Test
    void anEncodingThatIsOffIsAskedForAndWhatComesServesMeanwhile() {
        GivenSource camera = GivenSource.camera();
        camera.comes[1] = false;
        ViewedPicture tile = picture(camera, new Demand(TILE, 0, 640, 360));
        settled(800_000);
        assertThat(tile.spatialLayer()).isEqualTo(1);
        assertThat(tile.needed()).isEqualTo(0b010);
        assertThat(tile.holds()).as("the smaller one comes").isFalse();
        camera.comes[0] = false;
        allocate(800_000);
        assertThat(tile.holds()).as("1.7 Mbit/s do not fit meanwhile").isTrue();
        allocate(2_000_000);
        assertThat(tile.holds()).isFalse();
    }

    @Test
    void anEncodingThatDoesNotComeIsWishedForAndNotWaitedFor() {
        GivenSource camera = GivenSource.camera();
        camera.comes[2] = false;
        camera.offered[2] = false;
        ViewedPicture tile = picture(camera, TILE, 0);
        settled(3_000_000);
        assertThat(tile.spatialLayer()).isEqualTo(1);
        assertThat(tile.needed()).isEqualTo(0b110);
        settled(1_000_000);
        assertThat(tile.needed()).as("it would not fit").isEqualTo(0b010);
    }

    @Test
    void theFirstPictureOfAllBeginsWhateverTheBudgetSaysAndOnlyFirst() {
        ViewedPicture first = picture(GivenSource.screen(1_000_000), PINNED, 0);
        ViewedPicture second = picture(GivenSource.screen(1_000_000), TILE, 0);
        allocate(300_000);
        assertThat(first.spatialLayer()).isNotEqualTo(NONE);
        assertThat(second.paused()).isTrue();
        allocateFor(BitrateAllocator.FIRST_SIGHT_NS, 300_000);
        assertThat(first.paused()).isTrue();
    }

    @Test
    void aNewcomerClimbsSoonWhereTheLineCarriesIt() {
        ViewedPicture tile = picture(GivenSource.camera(), TILE, 0);
        allocate(300_000);
        assertThat(tile.spatialLayer()).as("the smallest first").isZero();
        allocateFor(BitrateAllocator.FIRST_CLIMB_NS + EVERY_NS, 3_000_000);
        assertThat(tile.spatialLayer()).isEqualTo(2);
    }

    // ---- properties ----

    private GivenSource anySource(SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            long base = random.nextLong(50_000, 1_000_000);
            return GivenSource.screen(base, 2 * base, 3 * base);
        }
        GivenSource camera = GivenSource.encodings(
                new long[] {random.nextLong(1, 200_000)},
                new long[] {random.nextLong(100_000, 700_000)},
                new long[] {random.nextLong(300_000, 2_500_000)});
        for (int i = 0; i < 3; i++) {
            camera.comes[i] = random.nextInt(4) > 0;
            camera.offered[i] = camera.comes[i] || random.nextInt(4) > 0;
        }
        return camera;
    }

    private Demand anyDemand(SplittableRandom random, int order) {
        Demand.Weight[] weights = Demand.Weight.values();
        return new Demand(
                weights[random.nextInt(weights.length)], order, random.nextInt(3) * 500, random.nextInt(3) * 400);
    }

    /// Whoever matters more is not kept in the dark for the sake of somebody's second step.
    private void assertOrder(ViewedPicture paused, long budgetBps) {
        long others = 0;
        for (ViewedPicture other : sources.keySet()) {
            others += other == paused || other.paused() || other.hidden() ? 0 : other.lowestBps();
        }
        boolean anyAbove = sources.keySet().stream()
                .anyMatch(other ->
                        other.demand().weight().compareTo(paused.demand().weight()) > 0
                                && other.costBps() > other.lowestBps());
        if (anyAbove) {
            assertThat(others + paused.lowestBps())
                    .as("its lowest does not fit beside the lowest of the others")
                    .isGreaterThan((long) (budgetBps * BitrateAllocator.ROOM_TO_CLIMB));
        }
    }

    @Test
    void whateverHappensTheBudgetIsKeptAndNobodyGetsMoreThanTheTileHasAUseFor() {
        Fuzz.seeds(300, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            BitrateAllocatorTest test = new BitrateAllocatorTest();
            test.anyChanges(random);
        });
    }

    private void anyChanges(SplittableRandom random) {
        picture(GivenSource.camera(), TILE, 0);
        allocateFor(BitrateAllocator.FIRST_SIGHT_NS + EVERY_NS, 0);
        for (int turn = 0; turn < 100; turn++) {
            if (random.nextInt(10) == 0) {
                picture(anySource(random), anyDemand(random, random.nextInt(5)));
            }
            if (sources.size() > 1 && random.nextInt(15) == 0) {
                sources.remove(sources.keySet().iterator().next());
            }
            sources.keySet().forEach(picture -> {
                if (random.nextInt(20) == 0) {
                    picture.demand(anyDemand(random, random.nextInt(5)));
                }
            });
            sources.replaceAll((_, source) -> random.nextInt(20) == 0 ? anySource(random) : source);
            long budget = random.nextInt(8) == 0 ? 0 : random.nextLong(6_000_000);
            boolean calm = random.nextBoolean();
            allocateFor(calm ? 40_000 * MS : EVERY_NS, budget);
            long used =
                    sources.keySet().stream().mapToLong(ViewedPicture::costBps).sum();
            assertThat(used).isEqualTo(allocator.usedBps()).isLessThanOrEqualTo(budget);
            for (ViewedPicture picture : sources.keySet()) {
                assertThat(picture.costBps()).isLessThanOrEqualTo(picture.wantedBps());
                if (calm && picture.paused()) {
                    assertOrder(picture, budget);
                }
            }
        }
    }

    @Test
    void withMoreToSpendTheFirstGetsNoLessAndNobodyMoreIsPaused() {
        Fuzz.seeds(200, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            List<GivenSource> cameras = new ArrayList<>();
            List<Demand> demands = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                cameras.add(GivenSource.camera());
                demands.add(new Demand(Demand.Weight.values()[random.nextInt(4)], i, random.nextInt(2000), 400));
            }
            int firstBefore = NONE;
            long pausedBefore = Long.MAX_VALUE;
            for (long budget = 0; budget < 8_000_000; budget += random.nextLong(20_000, 400_000)) {
                BitrateAllocatorTest test = new BitrateAllocatorTest();
                for (int i = 0; i < 6; i++) {
                    test.picture(cameras.get(i), demands.get(i));
                }
                test.settled(budget);
                ViewedPicture first = test.sources.keySet().stream()
                        .min((a, b) -> a.demand().weight().compareTo(b.demand().weight()))
                        .orElseThrow();
                long paused = test.sources.keySet().stream()
                        .filter(ViewedPicture::paused)
                        .count();
                assertThat(first.spatialLayer()).isGreaterThanOrEqualTo(firstBefore);
                assertThat(paused).isLessThanOrEqualTo(pausedBefore);
                firstBefore = first.spatialLayer();
                pausedBefore = paused;
            }
        });
    }

    @Test
    void aBudgetThatTremblesMovesHardlyAnything() {
        Fuzz.seeds(50, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            BitrateAllocatorTest test = new BitrateAllocatorTest();
            for (int i = 0; i < 4; i++) {
                test.picture(GivenSource.camera(), TILE, i);
            }
            long middle = random.nextLong(700_000, 5_000_000);
            test.settled(middle);
            assertThat(test.climbsIn(60_000 * MS, random, middle, 0.03)).isLessThanOrEqualTo(4);
            assertThat(test.climbsIn(60_000 * MS, random, middle, 0.2)).isLessThanOrEqualTo(40);
        });
    }

    /// Changes upward of all pictures together.
    private int climbsIn(long ns, SplittableRandom random, long middle, double swing) {
        int climbs = 0;
        for (long end = nowNs + ns; nowNs < end; ) {
            List<Integer> before =
                    sources.keySet().stream().map(ViewedPicture::spatialLayer).toList();
            allocate((long) (middle * random.nextDouble(1 - swing, 1 + swing)));
            int i = 0;
            for (ViewedPicture picture : sources.keySet()) {
                climbs += picture.spatialLayer() > before.get(i++) ? 1 : 0;
            }
        }
        return climbs;
    }

    @Test
    void decidingAllocatesNothing() {
        for (int i = 0; i < 9; i++) {
            picture(GivenSource.camera(), TILE, i);
        }
        List<ViewedPicture> pictures = List.copyOf(sources.keySet());
        GivenSource camera = GivenSource.camera();
        long[] turn = {0};
        assertThat(Allocations.of(2_000, () -> {
                    for (int i = 0; i < pictures.size(); i++) {
                        camera.describe(pictures.get(i).layers());
                    }
                    allocator.allocate(pictures, 1_000_000 + turn[0]++ % 7 * 400_000, turn[0] * EVERY_NS);
                }))
                .isZero();
    }
}
