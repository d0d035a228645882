package dev.parley.sfu.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {
    private final RoomRig rig = new RoomRig();
    private final Subscriptions subscriptions = new Subscriptions(rig.limits);
    private final Map<ParticipantId, Member> members = new LinkedHashMap<>();
    private final List<RoomRig.Person> people = new ArrayList<>();

    private void people(int count) {
        for (int i = 0; i < count; i++) {
            RoomRig.Person person = rig.joins("p" + people.size());
            people.add(person);
            members.put(person.member.id(), person.member);
        }
    }

    private List<String> tiles(int viewer) {
        return names(subscriptions.tiles(people.get(viewer).member, members, members.values(), _ -> Long.MIN_VALUE));
    }

    private static List<String> names(List<PublishedTrack> tracks) {
        return tracks.stream().map(t -> t.publisher().id().value()).toList();
    }

    private static ViewedTile tile(String name) {
        return new ViewedTile(new ParticipantId(name), TrackSource.CAMERA, 640, 360, false);
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
    void whoIsAskedForComesFirst() {
        people(12);
        people.getFirst().member.view(List.of(tile("p11"), tile("p9"), tile("nobody"), tile("p0")));
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
    void camerasThatAreOffAreNotWanted() {
        people(3);
        people.get(1).track(TrackSource.CAMERA).muted(true);
        assertThat(tiles(0)).containsExactly("p2");
    }

    @Test
    void whoeverMadeSoundLastIsHeard() {
        people(20);
        List<PublishedTrack> voices = subscriptions.voices(
                people.getFirst().member,
                members.values(),
                voice -> Long.parseLong(voice.publisher().id().value().substring(1)));
        assertThat(names(voices)).hasSize(rig.limits.voicesForwarded()).startsWith("p19", "p18");
    }

    @Test
    void asManyScreensAsThereAreSlotsForThem() {
        people(5);
        people.forEach(person -> person.sends(TrackSource.SCREEN));
        assertThat(subscriptions.shares(people.getFirst().member, members.values()))
                .hasSize(rig.limits.shareSlots());
    }
}
