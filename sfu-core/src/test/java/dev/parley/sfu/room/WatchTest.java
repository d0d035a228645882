package dev.parley.sfu.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.room.RoomRig.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Viewers without a page: of one person, and of whoever speaks.
final class WatchTest {
    private final RoomRig rig = new RoomRig();

    private static Watch watch(String name, @Nullable TrackSource source) {
        return new Watch(new ParticipantId(name), source);
    }

    private static String shown(Person viewer) {
        return what(viewer.member.slots().video(0)) + " "
                + what(viewer.member.slots().audio(0));
    }

    private static String what(@Nullable PublishedTrack track) {
        return track == null
                ? "-"
                : track.publisher().id() + "/" + track.source().wireName();
    }

    @Test
    void showsTheOneWhoWasAskedForAndNobodyElse() {
        rig.joins("alice");
        rig.joins("bob");
        Person viewer = rig.watches("carol", watch("bob", null), 2);
        assertThat(shown(viewer)).isEqualTo("bob/camera bob/microphone");
        assertThat(viewer.member.slots().video(1)).isNull();
        assertThat(viewer.member.slots().audio(1)).isNull();
    }

    @Test
    void takesTheScreenWhereThereIsNoCamera() {
        Person alice = rig.joins("alice");
        Person viewer = rig.watches("carol", watch("alice", null), 1);
        alice.sends(TrackSource.SCREEN);
        rig.run();
        assertThat(shown(viewer)).isEqualTo("alice/camera alice/microphone");
        rig.home.turn(() -> rig.room.muted(alice.member, TrackSource.CAMERA, true));
        rig.run();
        assertThat(shown(viewer)).isEqualTo("alice/screen alice/microphone");
        alice.sends(TrackSource.SCREEN_AUDIO);
        rig.run();
        assertThat(shown(viewer)).isEqualTo("alice/screen alice/screen-audio");
    }

    @Test
    void theScreenAloneWhereItWasAskedFor() {
        Person alice = rig.joins("alice");
        Person viewer = rig.watches("carol", watch("alice", TrackSource.SCREEN), 1);
        assertThat(shown(viewer)).isEqualTo("- alice/microphone");
        alice.sends(TrackSource.SCREEN);
        rig.run();
        assertThat(shown(viewer)).isEqualTo("alice/screen alice/microphone");
    }

    @Test
    void someoneWhoIsNotThereYetIsShownOnceThere() {
        Person viewer = rig.watches("carol", watch("nobody", null), 1);
        assertThat(shown(viewer)).isEqualTo("- -");
        rig.home.turn(() -> rig.room.watch(viewer.member, watch("alice", null)));
        rig.joins("alice");
        assertThat(shown(viewer)).isEqualTo("alice/camera alice/microphone");
    }

    @Test
    void fewSlotsFollowWhoeverSpokeLast() {
        rig.joins("alice");
        Person bob = rig.joins("bob");
        Person viewer = rig.watches("carol", null, 1);
        assertThat(shown(viewer)).isEqualTo("alice/camera alice/microphone");
        bob.speaks(20);
        assertThat(shown(viewer)).as("a cough").isEqualTo("alice/camera alice/microphone");
        bob.talks(20, 500);
        assertThat(shown(viewer)).isEqualTo("bob/camera bob/microphone");
    }
}
