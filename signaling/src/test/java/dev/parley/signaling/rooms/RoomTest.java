package dev.parley.signaling.rooms;

import static dev.parley.signaling.testing.RoomScene.command;
import static dev.parley.signaling.testing.RoomScene.guest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.signaling.model.Presence;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.rooms.Member.Ending;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RoomScene;
import dev.parley.signaling.testing.RoomScene.Guest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final RoomScene scene = new RoomScene();

    @Test
    void answersAJoinWithTheRoomAsItIs() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.join(guest("bob"));
        assertThat(bob.in().answer()).isEqualTo(FakeSfu.ANSWER);
        assertThat(bob.in().slots()).hasSize(2);
        assertThat(bob.in().participants()).extracting(Person::name).containsExactly("alice");
        assertThat(bob.in().people()).isEqualTo(2);
        assertThat(alice.in().participants()).isEmpty();
    }

    @Test
    void tellsTheOthersOnlyWhenMediaFlows() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.join(guest("bob"));
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(alice.told).isEmpty();
        scene.media(bob).connects();
        scene.time.settle();
        assertThat(alice.told(RoomEvent.PersonJoined.class))
                .extracting(e -> e.person().name())
                .containsExactly("bob");
        assertThat(bob.told(RoomEvent.PersonJoined.class)).isEmpty();
        assertThat(scene.figures.joins).hasSize(2).last().isEqualTo(1.0);
    }

    @Test
    void aNewcomerHearsOfNobodyBeforeItIsIn() {
        Guest alice = scene.enter("alice");
        scene.enter("carol");
        scene.time.pass(Duration.ofSeconds(1));
        Guest bob = new Guest();
        scene.rooms.join(guest("bob"), bob, bob);
        alice.in().seat().leave(new Done<>());
        assertThat(bob.joined).isNull();
        scene.time.settle();
        assertThat(bob.in().participants()).extracting(Person::name).containsExactly("carol");
        assertThat(bob.told(RoomEvent.PersonLeft.class)).isEmpty();
    }

    @Test
    void refusesANameThatLooksTheSame() {
        scene.enter("Straße");
        Guest other = scene.join(guest(" STRASSE "));
        assertThat(Objects.requireNonNull(other.refusal).code()).isEqualTo(RefusalCode.NAME_TAKEN);
    }

    @Test
    void refusesANameThatSomeoneIsJoiningWith() {
        Guest first = new Guest();
        Guest second = new Guest();
        scene.rooms.join(guest("alice"), first, first);
        scene.rooms.join(guest("alice"), second, second);
        scene.time.settle();
        assertThat(first.joined).isNotNull();
        assertThat(Objects.requireNonNull(second.refusal).code()).isEqualTo(RefusalCode.NAME_TAKEN);
    }

    @Test
    void givesTheNameBackWhenTheOfferIsRefused() {
        Guest bad = scene.join(command("demo", "alice", null, null, false, "nonsense"));
        assertThat(Objects.requireNonNull(bad.refusal).code()).isEqualTo(RefusalCode.BAD_SDP);
        assertThat(scene.figures.rooms).isZero();
        assertThat(scene.join(guest("alice")).joined).isNotNull();
    }

    @Test
    void namesAreFreeInAnotherRoom() {
        scene.enter("alice");
        assertThat(scene.enter(command("other", "alice", null, null, false, FakeSfu.OFFER)).joined)
                .isNotNull();
        assertThat(scene.figures.rooms).isEqualTo(2);
    }

    @Test
    void aReloadTakesItsOldPlaceWithoutAsking() {
        Guest alice = scene.enter(command("demo", "alice", "d1", null, false, FakeSfu.OFFER));
        Guest bob = scene.enter("bob");
        alice.in().seat().lost();
        scene.time.settle();
        Guest again = scene.enter(command("demo", "alice", "d1", null, false, FakeSfu.OFFER));
        assertThat(scene.media(alice).closedWith()).isEqualTo(CloseReason.REPLACED);
        assertThat(bob.told(RoomEvent.PersonLeft.class))
                .containsExactly(new RoomEvent.PersonLeft(alice.in().participant(), LeaveReason.REPLACED));
        assertThat(bob.told(RoomEvent.PersonJoined.class))
                .extracting(e -> e.person().id())
                .containsExactly(again.in().participant());
        assertThat(scene.figures.people).isEqualTo(2);
    }

    @Test
    void aSecondTabIsAskedFirst() {
        Guest tab = scene.enter(command("demo", "alice", "d1", null, false, FakeSfu.OFFER));
        Guest second = scene.join(command("demo", "alice", "d1", null, false, FakeSfu.OFFER));
        assertThat(Objects.requireNonNull(second.refusal).code()).isEqualTo(RefusalCode.ALREADY_HERE);
        assertThat(tab.told).isEmpty();
        Guest third = scene.join(command("demo", "alice", "d1", null, true, FakeSfu.OFFER));
        assertThat(third.joined).isNotNull();
        assertThat(tab.told).containsExactly(new RoomEvent.Moved(MoveReason.REPLACED));
        assertThat(tab.ending).isEqualTo(Ending.MOVED);
    }

    @Test
    void aTokenIsProofEnoughToReplace() {
        Guest tab = scene.enter(command("demo", "alice", "d1", null, false, FakeSfu.OFFER));
        Guest again = scene.join(command("demo", "alice", "d1", tab.in().resume(), false, FakeSfu.OFFER));
        assertThat(again.joined).isNotNull();
        assertThat(tab.ending).isEqualTo(Ending.MOVED);
        assertThat(scene.figures.healed).containsExactly(RoomsWatch.Rung.REJOIN);
    }

    @Test
    void resumesWithoutTouchingMediaAndMissesNothing() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        var slot = new SlotMapping(0, bob.in().participant(), new TrackId("t_3"), null);
        scene.media(alice).says(new SfuEvent.Slots(alice.in().participant(), List.of(slot)));
        alice.in().seat().lost();
        scene.time.settle();
        var moved = new SlotMapping(0, bob.in().participant(), new TrackId("t_4"), new TrackId("t_2"));
        scene.media(alice).says(new SfuEvent.Slots(alice.in().participant(), List.of(moved)));
        Guest carol = scene.enter("carol");

        Guest resumed = scene.join(command("demo", "alice", null, alice.in().resume(), false, null));
        assertThat(resumed.in().participant()).isEqualTo(alice.in().participant());
        assertThat(resumed.in().answer()).isNull();
        assertThat(resumed.in().participants()).extracting(Person::name).containsExactly("bob", "carol");
        assertThat(resumed.told).containsExactly(new RoomEvent.Slots(List.of(moved)));
        assertThat(scene.media(alice).closedWith()).isNull();

        scene.media(carol).goesAway();
        scene.time.pass(Duration.ofMillis(200));
        assertThat(resumed.told(RoomEvent.PersonChanged.class))
                .extracting(e -> e.person().presence())
                .containsExactly(Presence.AWAY);
    }

    @Test
    void whatPausesAndWhatIsToBeSentIsToldAgainToWhoeverResumes() {
        Guest alice = scene.enter("alice");
        ParticipantId id = alice.in().participant();
        scene.media(alice).says(new SfuEvent.Layers(id, new TrackId("t_9"), List.of(true, false, true)));
        scene.media(alice).says(new SfuEvent.Layers(id, new TrackId("t_9"), List.of(true, false, false)));
        scene.media(alice).says(new SfuEvent.Paused(id, 0, new TrackId("t_3"), true));
        scene.media(alice).says(new SfuEvent.Paused(id, 1, new TrackId("t_4"), true));
        scene.media(alice).says(new SfuEvent.Paused(id, 1, new TrackId("t_4"), false));
        scene.media(alice).says(new SfuEvent.Paused(id, 2, new TrackId("t_5"), true));
        var other = new SlotMapping(2, id, new TrackId("t_6"), null);
        scene.media(alice).says(new SfuEvent.Slots(id, List.of(other)));
        alice.in().seat().lost();
        scene.time.settle();

        Guest resumed = scene.join(command("demo", "alice", null, alice.in().resume(), false, null));
        assertThat(resumed.told)
                .containsExactly(
                        new RoomEvent.Slots(List.of(other)),
                        new RoomEvent.Layers(new TrackId("t_9"), null, List.of(true, false, false)),
                        new RoomEvent.Paused(0, new TrackId("t_3"), true));
    }

    @Test
    void theSocketThatIsResumedElsewhereIsTold() {
        Guest alice = scene.enter("alice");
        Guest resumed = scene.join(command("demo", "alice", null, alice.in().resume(), false, null));
        assertThat(alice.told).containsExactly(new RoomEvent.Moved(MoveReason.RESUMED));
        assertThat(scene.figures.healed).containsExactly(RoomsWatch.Rung.RESUME);
        assertThat(alice.ending).isEqualTo(Ending.MOVED);
        alice.in().seat().lost(); // the old socket closes later and takes nothing with it
        scene.time.pass(Duration.ofMinutes(5));
        assertThat(resumed.ending).isNull();
        assertThat(scene.figures.people).isEqualTo(1);
    }

    @Test
    void refusesTokensItDoesNotKnow() {
        scene.enter("alice");
        Guest stranger = scene.join(command("demo", "alice", null, "x", false, null));
        assertThat(Objects.requireNonNull(stranger.refusal).code()).isEqualTo(RefusalCode.GONE);
        Guest nowhere = scene.join(command("nowhere", "alice", null, "x", false, null));
        assertThat(Objects.requireNonNull(nowhere.refusal).code()).isEqualTo(RefusalCode.GONE);
        assertThat(scene.figures.rooms).isEqualTo(1);
    }

    @Test
    void aLostConnectionIsGreyAtOnceAndGoneHalfAMinuteAfterBothWent() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        alice.in().seat().lost();
        scene.media(alice).goesAway();
        scene.time.settle();
        assertThat(bob.told(RoomEvent.PersonChanged.class))
                .extracting(e -> e.person().presence())
                .containsExactly(Presence.AWAY);
        scene.time.pass(Duration.ofSeconds(24));
        scene.media(alice).close(CloseReason.LOST);
        scene.time.pass(Duration.ofMillis(29_900));
        assertThat(bob.told(RoomEvent.PersonLeft.class)).isEmpty();
        scene.time.pass(Duration.ofMillis(200));
        assertThat(bob.told(RoomEvent.PersonLeft.class))
                .containsExactly(new RoomEvent.PersonLeft(alice.in().participant(), LeaveReason.LOST));
    }

    @Test
    void theGraceBeginsWithTheLaterLoss() {
        Guest alice = scene.enter("alice");
        scene.media(alice).close(CloseReason.LOST);
        scene.time.pass(Duration.ofMinutes(2));
        assertThat(alice.told).containsExactly(new RoomEvent.TransportClosed(CloseReason.LOST));
        assertThat(scene.figures.rooms).isEqualTo(1);
        alice.in().seat().lost();
        scene.time.pass(Duration.ofMillis(29_900));
        assertThat(scene.figures.rooms).isEqualTo(1);
        scene.time.pass(Duration.ofMillis(200));
        assertThat(scene.figures.rooms).isZero();
        assertThat(scene.time.timers()).isZero();
    }

    @Test
    void mediaWithoutASocketKeepsThePlaceForEver() {
        Guest alice = scene.enter("alice");
        alice.in().seat().lost();
        scene.time.pass(Duration.ofHours(3));
        assertThat(scene.join(command("demo", "alice", null, alice.in().resume(), false, null)).joined)
                .isNotNull();
    }

    @Test
    void whoNeverConnectsIsNeverSeenAndFreesTheName() {
        Guest bob = scene.enter("bob");
        Guest alice = scene.join(guest("alice"));
        scene.media(alice).close(CloseReason.FINGERPRINT_MISMATCH);
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(alice.told).containsExactly(new RoomEvent.TransportClosed(CloseReason.FINGERPRINT_MISMATCH));
        assertThat(alice.ending).isEqualTo(Ending.GONE);
        assertThat(bob.told).isEmpty();
        assertThat(scene.join(guest("alice")).joined).isNotNull();
    }

    @Test
    void anEngineThatSaysNothingDoesNotKeepAPlace() {
        Guest alice = scene.join(guest("alice"));
        scene.time.pass(Duration.ofSeconds(46));
        assertThat(alice.ending).isEqualTo(Ending.GONE);
        assertThat(scene.sfu.open()).isZero();
        assertThat(scene.figures.rooms).isZero();
    }

    @Test
    void leavingEndsThePlaceAtOnceAndTheRoomWithTheLast() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        leave(alice);
        assertThat(scene.media(alice).closedWith()).isEqualTo(CloseReason.LEFT);
        assertThat(alice.ending).isEqualTo(Ending.LEFT);
        assertThat(bob.told(RoomEvent.PersonLeft.class))
                .containsExactly(new RoomEvent.PersonLeft(alice.in().participant(), LeaveReason.LEFT));
        leave(bob);
        assertThat(scene.figures.rooms).isZero();
        assertThat(scene.figures.people).isZero();
        assertThat(scene.time.timers()).isZero();
    }

    private void leave(Guest guest) {
        guest.in().seat().leave(new Done<>());
        scene.time.settle();
    }

    /// A reply that must not be a refusal.
    private static final class Done<T> implements Reply<T> {
        @Override
        public void done(T value) {}

        @Override
        public void refused(Refusal refusal) {
            throw new AssertionError(refusal);
        }
    }

    @Test
    void changesAreToldAtOnceAndThenBatched() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        alice.told.clear();
        publish(bob, false);
        assertThat(alice.told).hasSize(1);
        for (int i = 0; i < 50; i++) {
            publish(bob, i % 2 == 0);
            scene.time.pass(Duration.ofMillis(1));
        }
        assertThat(alice.told).hasSize(1);
        scene.time.pass(Duration.ofMillis(100));
        assertThat(alice.told).hasSize(2);
        assertThat(alice.told(RoomEvent.PersonChanged.class).getLast().person().tracks())
                .extracting(TrackInfo::muted)
                .containsExactly(false);
    }

    private void publish(Guest guest, boolean muted) {
        var track = new TrackInfo(new TrackId("t_1"), TrackSource.MICROPHONE, "opus", muted, false);
        scene.media(guest).says(new SfuEvent.Published(guest.in().participant(), List.of(track)));
        scene.time.settle();
    }

    @Test
    void namesAPersonBeforeASlotRefersToThem() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.join(guest("bob"));
        Guest carol = scene.join(guest("carol"));
        scene.media(bob).connects(); // told at once
        scene.media(carol).connects(); // would wait for the next batch
        var slot = new SlotMapping(1, carol.in().participant(), new TrackId("t_9"), null);
        scene.media(alice).says(new SfuEvent.Slots(alice.in().participant(), List.of(slot)));
        scene.time.settle();
        assertThat(alice.told)
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("PersonJoined", "PersonJoined", "Slots");
    }

    @Test
    void oneOfferAtATimeIsAnswered() {
        Guest alice = scene.enter("alice");
        Remembered<String> first = new Remembered<>();
        Remembered<String> second = new Remembered<>();
        alice.in().seat().offer(FakeSfu.OFFER, first);
        alice.in().seat().offer(FakeSfu.OFFER, second);
        scene.time.settle();
        assertThat(first.value).isEqualTo(FakeSfu.ANSWER);
        assertThat(Objects.requireNonNull(second.refusal).code()).isEqualTo(RefusalCode.BAD_MESSAGE);
    }

    /// Remembers how it went.
    private static final class Remembered<T> implements Reply<T> {
        private @Nullable T value;
        private @Nullable Refusal refusal;

        @Override
        public void done(T answered) {
            value = answered;
        }

        @Override
        public void refused(Refusal why) {
            refusal = why;
        }
    }

    @Test
    void drainingTellsEveryoneAndTakesNobodyIn() {
        Guest alice = scene.enter("alice");
        scene.rooms.drain();
        scene.time.settle();
        assertThat(alice.told).singleElement().isInstanceOfSatisfying(RoomEvent.Moved.class, moved -> {
            assertThat(moved.reason()).isEqualTo(MoveReason.DRAINING);
            assertThat(moved.comeBack()).isBetween(ComeBack.EARLIEST, ComeBack.LATEST);
        });
        assertThat(alice.ending).isEqualTo(Ending.DRAINING);
        assertThat(Objects.requireNonNull(scene.join(guest("bob")).refusal).code())
                .isEqualTo(RefusalCode.DRAINING);
    }

    @Test
    void saysWhoSpeaksByTheirIds() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        List<ParticipantId> speaking = List.of(bob.in().participant());
        scene.media(alice).says(new SfuEvent.Speakers(alice.in().participant(), speaking));
        scene.time.settle();
        assertThat(alice.told(RoomEvent.Speakers.class)).containsExactly(new RoomEvent.Speakers(speaking));
    }

    @Test
    void whatComesOutOfTheSlotsGoesToTheEngineAndWhatItAsksForBack() {
        Guest alice = scene.enter("alice");
        var seen = List.of(new SlotReport(0, new SlotReport.Half(7, SlotReport.State.PLAYING), null));
        Done<Seat> done = new Done<>();
        alice.in().seat().report(seen, done);
        scene.time.settle();
        assertThat(scene.media(alice).reports()).containsExactly(seen);
        scene.media(alice).says(new SfuEvent.Heal(alice.in().participant(), 0, new TrackId("t_4"), HealRung.RESTART));
        scene.time.settle();
        assertThat(alice.told(RoomEvent.Heal.class))
                .containsExactly(new RoomEvent.Heal(0, new TrackId("t_4"), HealRung.RESTART));
    }
}
