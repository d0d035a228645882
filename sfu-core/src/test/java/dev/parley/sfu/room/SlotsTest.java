package dev.parley.sfu.room;

import static dev.parley.sfu.room.RoomRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.api.TrackSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private final RoomRig rig = new RoomRig();

    private static int videoSlotOf(Slots slots, PublishedTrack track, int size) {
        for (int i = 0; i < size; i++) {
            if (slots.video(i) == track) {
                return i;
            }
        }
        return -1;
    }

    private static int audioSlotOf(Slots slots, PublishedTrack track, int size) {
        for (int i = 0; i < size; i++) {
            if (slots.audio(i) == track) {
                return i;
            }
        }
        return -1;
    }

    private static int tile(RoomRig.Person viewer, RoomRig.Person shown) {
        return videoSlotOf(viewer.slots(), shown.track(TrackSource.CAMERA), 17);
    }

    private static int voice(RoomRig.Person viewer, RoomRig.Person heard) {
        return audioSlotOf(viewer.slots(), heard.track(TrackSource.MICROPHONE), 17);
    }

    @Test
    void pictureAndVoiceOfAPersonShareASlot() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        RoomRig.Person carol = rig.joins("carol");
        assertThat(tile(alice, bob)).isNotNegative().isEqualTo(voice(alice, bob));
        assertThat(tile(alice, carol)).isNotNegative().isEqualTo(voice(alice, carol));
        assertThat(tile(alice, alice)).isNegative();
    }

    @Test
    void whoStaysDoesNotMoveWhenOthersLeave() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        RoomRig.Person carol = rig.joins("carol");
        int before = tile(alice, carol);
        bob.leaves();
        assertThat(tile(alice, carol)).isEqualTo(before);
    }

    @Test
    void aVoiceStaysWhereItIsWhenThePictureGoesAndComes() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        rig.joins("carol");
        int before = voice(alice, bob);
        bob.muted(TrackSource.CAMERA, true);
        assertThat(voice(alice, bob)).isEqualTo(before);
        assertThat(tile(alice, bob)).isNegative();
        rig.joins("dave");
        bob.speaks(20);
        rig.joins("erin");
        assertThat(voice(alice, bob)).as("others come meanwhile").isEqualTo(before);
        bob.muted(TrackSource.CAMERA, false);
        assertThat(tile(alice, bob)).isEqualTo(before);
    }

    @Test
    void aShareHasItsOwnSlotAndItsSoundBesideIt() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        bob.sends(TrackSource.SCREEN, TrackSource.SCREEN_AUDIO);
        int slot = videoSlotOf(alice.slots(), bob.track(TrackSource.SCREEN), 17);
        assertThat(slot).isBetween(rig.limits.tileSlots(), rig.limits.tileSlots() + rig.limits.shareSlots() - 1);
        assertThat(alice.slots().audio(slot)).isSameAs(bob.track(TrackSource.SCREEN_AUDIO));
        bob.muted(TrackSource.SCREEN, true);
        assertThat(alice.slots().video(slot)).isNull();
        assertThat(alice.slots().audio(slot)).isNull();
    }

    @Test
    void aSmallClientSeesAShareWhereNoTileIsAndItStaysThere() {
        RoomRig.Person bob = rig.joins("bob");
        RoomRig.Person carol = rig.joins("carol");
        RoomRig.Person viewer = rig.person("viewer", "viewer");
        rig.enter(viewer, RoomRig.pool(3, 0));
        bob.sends(TrackSource.SCREEN);
        int slot = videoSlotOf(viewer.slots(), bob.track(TrackSource.SCREEN), 3);
        assertThat(slot).isNotNegative();
        carol.muted(TrackSource.CAMERA, true);
        carol.muted(TrackSource.CAMERA, false);
        assertThat(videoSlotOf(viewer.slots(), bob.track(TrackSource.SCREEN), 3))
                .isEqualTo(slot);
    }

    @Test
    void aVoiceGivesItsSlotUpOnlyWhenItIsSilent() {
        RoomRig.Person viewer = rig.person("viewer", "viewer");
        rig.enter(viewer, RoomRig.pool(0, 1));
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        alice.speaks(20);
        assertThat(voice(viewer, alice)).isZero();
        bob.speaks(10);
        assertThat(voice(viewer, alice)).isZero();
        rig.pass(rig.limits.voiceHoldNs() - 1);
        bob.speaks(10);
        assertThat(voice(viewer, alice)).isZero();
        for (int i = 0; i < 8; i++) { // alice is silent, bob goes on and on
            rig.pass(100 * MS);
            bob.speaks(10);
        }
        assertThat(voice(viewer, bob)).isZero();
    }

    @Test
    void theSilentKeepTheirSlotsWhileNobodyNeedsThem() {
        RoomRig.Person viewer = rig.person("viewer", "viewer");
        rig.enter(viewer, RoomRig.pool(0, 2));
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        alice.speaks(20);
        rig.pass(MS);
        bob.speaks(20);
        rig.pass(10_000 * MS);
        RoomRig.Person carol = rig.joins("carol");
        assertThat(voice(viewer, alice)).isNotNegative();
        assertThat(voice(viewer, bob)).isNotNegative();
        carol.speaks(20);
        assertThat(voice(viewer, carol)).isNotNegative();
        assertThat(voice(viewer, bob)).as("heard later than alice").isNotNegative();
        assertThat(voice(viewer, alice)).isNegative();
    }

    /// What must hold in every room at every moment, as one viewer has it.
    private static final class Watched {
        private static final int POOL = 17;

        private final RoomRig rig = new RoomRig();
        private final RoomRig.Person viewer = rig.joins("viewer");
        private final List<RoomRig.Person> people = new ArrayList<>();
        private final Map<RoomRig.Person, Long> heardNs = new HashMap<>();
        private @Nullable PublishedTrack[] video = new PublishedTrack[POOL];
        private @Nullable PublishedTrack[] audio = new PublishedTrack[POOL];
        private int joined;

        void step(SplittableRandom random) {
            rig.pass(random.nextInt(5) == 0 ? random.nextLong(1_000 * MS) : random.nextLong(50 * MS));
            check();
            RoomRig.Person person = people.isEmpty() ? null : people.get(random.nextInt(people.size()));
            int what = person == null ? 0 : random.nextInt(10);
            switch (what) {
                case 0 -> join();
                case 1 -> leave(Objects.requireNonNull(person), random);
                case 2 -> mute(person, TrackSource.CAMERA, random);
                case 3 -> mute(person, TrackSource.MICROPHONE, random);
                case 4 -> mute(person, TrackSource.SCREEN, random);
                default -> speak(Objects.requireNonNull(person));
            }
            check();
        }

        private void join() {
            if (people.size() < 14) {
                people.add(rig.joins("p" + joined++));
            }
        }

        private void leave(RoomRig.Person person, SplittableRandom random) {
            if (random.nextBoolean()) {
                people.remove(person);
                person.leaves();
            }
        }

        private static void mute(RoomRig.@Nullable Person person, TrackSource source, SplittableRandom random) {
            Objects.requireNonNull(person).muted(source, random.nextBoolean());
        }

        private void speak(RoomRig.Person person) {
            heardNs.put(person, rig.home.nowNs());
            person.speaks(30);
        }

        private boolean sounds(PublishedTrack voice) {
            for (RoomRig.Person person : people) {
                if (person.member == voice.publisher()) {
                    long lastNs = heardNs.getOrDefault(person, Long.MIN_VALUE);
                    return voice.live() && rig.home.nowNs() - rig.limits.voiceHoldNs() < lastNs;
                }
            }
            return false;
        }

        private void check() {
            @Nullable PublishedTrack[] nextVideo = new PublishedTrack[POOL];
            @Nullable PublishedTrack[] nextAudio = new PublishedTrack[POOL];
            for (int i = 0; i < POOL; i++) {
                nextVideo[i] = viewer.slots().video(i);
                nextAudio[i] = viewer.slots().audio(i);
            }
            nothingTwice(nextVideo);
            nothingTwice(nextAudio);
            onlyTheLive(nextVideo);
            onlyTheLive(nextAudio);
            nobodyMoves(nextVideo);
            pairs(nextVideo, nextAudio);
            noVoiceIsCutOff(nextVideo, nextAudio);
            video = nextVideo;
            audio = nextAudio;
        }

        private static void nothingTwice(@Nullable PublishedTrack[] tracks) {
            Set<PublishedTrack> seen = new HashSet<>();
            for (PublishedTrack track : tracks) {
                assertThat(track == null || seen.add(track)).as("twice").isTrue();
            }
        }

        private void onlyTheLive(@Nullable PublishedTrack[] tracks) {
            for (PublishedTrack track : tracks) {
                if (track != null) {
                    assertThat(track.live()).isTrue();
                    assertThat(people).anyMatch(person -> person.member == track.publisher());
                }
            }
        }

        private void nobodyMoves(@Nullable PublishedTrack[] nextVideo) {
            for (int i = 0; i < POOL; i++) {
                PublishedTrack shown = video[i];
                if (shown != null && Arrays.asList(nextVideo).contains(shown)) {
                    assertThat(nextVideo[i]).as("slot %d", i).isSameAs(shown);
                }
            }
        }

        /// Whoever is seen and heard is heard beside the picture, and no more are heard than may be.
        private void pairs(@Nullable PublishedTrack[] nextVideo, @Nullable PublishedTrack[] nextAudio) {
            List<@Nullable PublishedTrack> heard = Arrays.asList(nextAudio);
            for (int i = 0; i < POOL; i++) {
                PublishedTrack shown = nextVideo[i];
                if (shown != null && shown.source() == TrackSource.CAMERA) {
                    PublishedTrack voice = shown.publisher().track(TrackSource.MICROPHONE);
                    PublishedTrack expected = voice != null && heard.contains(voice) ? voice : null;
                    assertThat(nextAudio[i]).as("slot %d", i).isSameAs(expected);
                }
            }
            assertThat(heard.stream().filter(v -> v != null && v.source() == TrackSource.MICROPHONE))
                    .hasSizeLessThanOrEqualTo(rig.limits.voicesForwarded())
                    .hasSizeGreaterThanOrEqualTo((int) Math.min(
                            rig.limits.voicesForwarded(),
                            people.stream()
                                    .filter(person ->
                                            person.track(TrackSource.MICROPHONE).live())
                                    .count()));
        }

        private void noVoiceIsCutOff(@Nullable PublishedTrack[] nextVideo, @Nullable PublishedTrack[] nextAudio) {
            List<@Nullable PublishedTrack> after = Arrays.asList(nextAudio);
            for (int i = 0; i < POOL; i++) {
                PublishedTrack voice = audio[i];
                if (voice == null || voice.source() != TrackSource.MICROPHONE || !sounds(voice)) {
                    continue;
                }
                if (sounding() <= rig.limits.voicesForwarded()) {
                    assertThat(after).as("%s sounds", voice.publisher().id()).contains(voice);
                }
                int now = after.indexOf(voice);
                PublishedTrack beside = now < 0 ? null : nextVideo[now];
                boolean joinsItsPicture = beside != null && beside.publisher() == voice.publisher();
                PublishedTrack inItsPlace = nextVideo[i];
                boolean placeTaken = inItsPlace != null && inItsPlace.publisher() != voice.publisher();
                assertThat(now == i || now < 0 || joinsItsPicture || placeTaken)
                        .as("%s moved from %d to %d", voice.publisher().id(), i, now)
                        .isTrue();
                if (placeTaken) {
                    assertThat(freeTilesBefore())
                            .as("no other place for the tile")
                            .isZero();
                }
            }
        }

        /// Slots for tiles that had neither a picture nor a voice that sounds.
        private long freeTilesBefore() {
            long free = 0;
            for (int i = 0; i < rig.limits.tileSlots(); i++) {
                PublishedTrack voice = audio[i];
                free += video[i] == null && (voice == null || !sounds(voice)) ? 1 : 0;
            }
            return free;
        }

        private long sounding() {
            return people.stream()
                    .filter(person -> sounds(person.track(TrackSource.MICROPHONE)))
                    .count();
        }
    }

    @Test
    void whateverHappensNobodyMovesWithoutReasonAndNoVoiceIsCutOff() {
        Fuzz.random(40, random -> {
            Watched room = new Watched();
            for (int i = 0; i < 250; i++) {
                room.step(random);
            }
        });
    }
}
