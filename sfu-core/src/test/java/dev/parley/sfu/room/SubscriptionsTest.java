package dev.parley.sfu.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.Demand.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {
    private final RoomRig rig = new RoomRig();
    private final Map<ParticipantId, Member> members = new LinkedHashMap<>();
    private final Stage stage = new Stage(rig.limits);
    private final Subscriptions subscriptions = new Subscriptions(rig.limits, stage, members);
    private final List<RoomRig.Person> people = new ArrayList<>();

    private void people(int count) {
        for (int i = 0; i < count; i++) {
            RoomRig.Person person = rig.joins("p" + people.size());
            people.add(person);
            members.put(person.member.id(), person.member);
        }
        arrange();
    }

    private void arrange() {
        people.forEach(person -> stage.changed(person.member));
        stage.arrange();
        stage.lookForShares();
        stage.seat();
    }

    /// Holds the floor from now on.
    private void speaks(int who) {
        for (int i = 0; i < 12; i++) {
            rig.pass(100 * RoomRig.MS);
            stage.heard(people.get(who).member, 20, rig.home.nowNs());
        }
        stage.arrange();
    }

    private void view(ViewedTile... tiles) {
        people.getFirst().member.view(List.of(tiles));
    }

    private Map<PublishedTrack, Demand> demands(int viewer) {
        return subscriptions.tiles(people.get(viewer).member);
    }

    private List<String> tiles(int viewer) {
        return names(demands(viewer).keySet());
    }

    private Demand demand(String name) {
        Map<PublishedTrack, Demand> all = new LinkedHashMap<>(demands(0));
        all.putAll(subscriptions.shares(people.getFirst().member));
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().publisher().id().value().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<String> names(Collection<PublishedTrack> tracks) {
        return tracks.stream().map(t -> t.publisher().id().value()).toList();
    }

    private static ViewedTile tile(String name) {
        return tile(name, false, false);
    }

    private static ViewedTile tile(String name, boolean pinned, boolean hidden) {
        return new ViewedTile(new ParticipantId(name), TrackSource.CAMERA, 640, 360, pinned, hidden);
    }

    private static ViewedTile screen(String name, boolean hidden) {
        return new ViewedTile(new ParticipantId(name), TrackSource.SCREEN, 1280, 720, false, hidden);
    }

    @Test
    void theFirstByTheOrderOfJoiningAndNeverOneself() {
        people(rig.limits.tilesForwarded() + 3);
        assertThat(tiles(0))
                .hasSize(rig.limits.tilesForwarded())
                .startsWith("p1", "p2")
                .doesNotContain("p0", "p10");
    }

    @Test
    void whoHeldTheFloorLastComesFirst() {
        people(12);
        speaks(11);
        assertThat(tiles(0)).hasSize(9).startsWith("p11", "p1", "p2").doesNotContain("p9");
        speaks(10);
        assertThat(tiles(0)).hasSize(9).startsWith("p10", "p11", "p1").doesNotContain("p8", "p9");
        assertThat(tiles(11)).startsWith("p10", "p0", "p1");
        speaks(1);
        assertThat(tiles(0)).as("nobody goes for one who is seen").hasSize(9).contains("p10", "p11", "p7");
    }

    @Test
    void whoIsAskedForComesFirst() {
        people(12);
        view(tile("p11"), tile("p9"), tile("nobody"), tile("p0"), tile("p11"));
        assertThat(tiles(0)).startsWith("p11", "p9", "p1").hasSize(rig.limits.tilesForwarded());
    }

    @Test
    void aLargerViewGetsAsManyAsItAsksFor() {
        people(14);
        people.getFirst()
                .member
                .view(people.stream()
                        .skip(1)
                        .map(p -> tile(p.member.id().value()))
                        .toList());
        assertThat(tiles(0)).hasSize(13);
    }

    @Test
    void namesOfNobodyAreNoReasonToSendMore() {
        people(14);
        List<ViewedTile> nobody = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            nobody.add(new ViewedTile(new ParticipantId("x" + i), TrackSource.CAMERA, i % 2 * 16_384, 0, true, false));
        }
        people.getFirst().member.view(nobody);
        assertThat(tiles(0)).hasSize(rig.limits.tilesForwarded()).startsWith("p1");
    }

    @Test
    void camerasThatAreOffAreNotWanted() {
        people(3);
        people.get(1).track(TrackSource.CAMERA).muted(true);
        arrange();
        assertThat(tiles(0)).containsExactly("p2");
    }

    @Test
    void aDemandSaysHowLargeAndHowImportant() {
        people(6);
        speaks(3);
        view(tile("p2", true, false), tile("p1", false, true), tile("p4"));
        assertThat(demand("p2")).isEqualTo(new Demand(Weight.PINNED, 0, 640, 360));
        assertThat(demand("p4")).isEqualTo(new Demand(Weight.TILE, 1, 640, 360));
        assertThat(demand("p1"))
                .as("keeps its slot behind those that are seen")
                .isEqualTo(new Demand(Weight.HIDDEN, 2, 640, 360));
        assertThat(demand("p3")).as("was not asked for, and speaks").isEqualTo(new Demand(Weight.SPEAKER, 3, 0, 0));
        assertThat(demand("p5")).isEqualTo(new Demand(Weight.TILE, 4, 0, 0));
    }

    @Test
    void aPageOfWhichNothingIsSeenGetsNothing() {
        people(6);
        people.get(5).sends(TrackSource.SCREEN);
        arrange();
        view(tile("p2", true, true), tile("p1", false, true), tile("gone", false, true));
        assertThat(demands(0))
                .hasSize(5)
                .allSatisfy((_, demand) -> assertThat(demand.weight()).isEqualTo(Weight.HIDDEN));
        assertThat(subscriptions.shares(people.getFirst().member).values())
                .singleElement()
                .extracting(Demand::weight)
                .isEqualTo(Weight.HIDDEN);
    }

    @Test
    void aShareOutweighsWhoeverIsPinned() {
        people(3);
        people.get(2).sends(TrackSource.SCREEN);
        arrange();
        assertThat(subscriptions.shares(people.getFirst().member).values())
                .containsExactly(new Demand(Weight.SHARE, 0, 0, 0));
        view(tile("p1", true, false), screen("p2", false));
        assertThat(subscriptions.shares(people.getFirst().member).values())
                .containsExactly(new Demand(Weight.SHARE, 0, 1280, 720));
        view(tile("p1", true, false), screen("p2", true));
        assertThat(subscriptions.shares(people.getFirst().member).values())
                .containsExactly(new Demand(Weight.HIDDEN, 0, 1280, 720));
    }

    @Test
    void whoeverMadeSoundLastIsHeard() {
        people(20);
        for (int i = 19; i > 10; i--) {
            speaks(i);
        }
        assertThat(names(subscriptions.voices(people.getFirst().member)))
                .hasSize(rig.limits.voicesForwarded())
                .containsExactly("p11", "p12", "p13");
    }

    @Test
    void asManyScreensAsThereAreSlotsForThem() {
        people(5);
        people.forEach(person -> person.sends(TrackSource.SCREEN));
        arrange();
        assertThat(names(subscriptions.shares(people.getFirst().member).keySet()))
                .hasSize(rig.limits.shareSlots())
                .containsExactly("p1", "p2");
        view(screen("p4", false), screen("p1", true));
        assertThat(names(subscriptions.shares(people.getFirst().member).keySet()))
                .containsExactly("p4", "p2");
    }
}
