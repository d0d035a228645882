package dev.parley.sfu.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.room.RoomRig.Person;
import dev.parley.sfu.session.SessionEvent;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a moderator mutes stays muted.
final class HoldsTest {
    private final RoomRig rig = new RoomRig();

    private static TrackInfo told(Person person, TrackSource source) {
        return person.told(SfuEvent.Published.class).getLast().tracks().stream()
                .filter(track -> track.source() == source)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsHeldIsNeitherSeenNorHeardAndTheOthersAreTold() {
        Person alice = rig.joins("alice");
        Person bob = rig.joins("bob");
        alice.held(TrackSource.MICROPHONE, true);
        assertThat(alice.heardBy(bob)).isFalse();
        assertThat(alice.seenBy(bob)).isTrue();
        assertThat(told(alice, TrackSource.MICROPHONE).muted()).isTrue();
        assertThat(told(alice, TrackSource.MICROPHONE).held()).isTrue();
        assertThat(told(alice, TrackSource.CAMERA).held()).isFalse();
        alice.held(TrackSource.CAMERA, true);
        assertThat(alice.seenBy(bob)).isFalse();
        alice.held(TrackSource.MICROPHONE, false);
        assertThat(alice.heardBy(bob)).isTrue();
        assertThat(told(alice, TrackSource.MICROPHONE).muted()).isFalse();
    }

    @Test
    @DisplayName("hostile C14 a held microphone")
    void hostile_C14_whoIsHeldIsNoSpeakerWhateverItSendsAndSays() {
        Person mallory = rig.joins("mallory");
        Person bob = rig.joins("bob");
        mallory.held(TrackSource.MICROPHONE, true);
        for (int i = 0; i < 50; i++) {
            mallory.muted(TrackSource.MICROPHONE, i % 2 == 0);
            mallory.talks(0, 100);
            assertThat(mallory.heardBy(bob)).isFalse();
        }
        assertThat(bob.told(SfuEvent.Speakers.class)).isEmpty();
        mallory.muted(TrackSource.MICROPHONE, true);
        mallory.held(TrackSource.MICROPHONE, false);
        assertThat(mallory.heardBy(bob)).as("its own mute is still its own").isFalse();
    }

    @Test
    void aSourceThatIsPublishedAnewIsHeldAsWell() {
        Person alice = rig.joins("alice");
        Person bob = rig.joins("bob");
        alice.held(TrackSource.SCREEN, true);
        alice.tell(new SessionEvent.Unpublished(alice.track(TrackSource.SCREEN).track()));
        alice.publishes(TrackSource.SCREEN).sends(TrackSource.SCREEN);
        assertThat(alice.slotAt(bob, TrackSource.SCREEN)).isEqualTo(-1);
        alice.held(TrackSource.SCREEN, false);
        assertThat(alice.slotAt(bob, TrackSource.SCREEN)).isNotNegative();
    }

    @Test
    void whoComesBackIsHeldAsBefore() {
        Person alice = rig.joins("alice");
        Person bob = rig.joins("bob");
        alice.held(TrackSource.CAMERA, true);
        alice.leaves();
        Person again = rig.person("alice-2", "alice").publishes(TrackSource.CAMERA);
        rig.enter(again, RoomRig.pagePool(rig.limits));
        again.sends(TrackSource.CAMERA);
        assertThat(again.seenBy(bob)).isFalse();
        again.held(TrackSource.CAMERA, false);
        assertThat(again.seenBy(bob)).isTrue();
    }

    @Test
    void theOldestIsForgotten() {
        Holds holds = new Holds(rig.limits.holdsKept());
        for (int i = 0; i <= rig.limits.holdsKept(); i++) {
            holds.put("p" + i, TrackSource.CAMERA, true);
        }
        assertThat(holds.of("p0")).isEmpty();
        assertThat(holds.of("p1")).containsExactly(TrackSource.CAMERA);
        holds.put("p1", TrackSource.CAMERA, false);
        assertThat(List.of(holds.of("p1").size(), holds.of("p2").size())).containsExactly(0, 1);
    }
}
