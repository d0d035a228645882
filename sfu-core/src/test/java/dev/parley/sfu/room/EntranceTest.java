package dev.parley.sfu.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinException;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.session.AnswerPolicy;
import dev.parley.sfu.session.LocalIce;
import dev.parley.sfu.session.NegotiatorConfig;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.session.OfferedSection;
import dev.parley.sfu.session.Offerer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class EntranceTest {
    private final RoomRig rig = new RoomRig();
    private final List<SfuEvent> alice = new ArrayList<>();
    private final List<SfuEvent> bob = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        rig.home.turn(() -> rig.room.close(CloseReason.ROOM_CLOSED));
        rig.run();
        assertThat(rig.settings.feeds().size()).isZero();
        assertThat(rig.sessions.packets().outstanding()).isZero();
        assertThat(rig.room.size()).isZero();
    }

    private Offerer client(String name) {
        Offerer offerer = offerer(name);
        offerer.add(new OfferBuilder().microphone().camera().pairs(2).voices(1).take());
        return offerer;
    }

    private Offerer offerer(String name) {
        return new Offerer(
                new NegotiatorConfig(
                        List.of("sha-256 C1:1E"),
                        () -> new LocalIce(name + "Ufrag", name + "Password0123456789abcd"),
                        List::of,
                        Rng.seeded(name.hashCode()),
                        name,
                        rig.limits,
                        AnswerPolicy.defaults()),
                OfferDialect.chromium());
    }

    /// A viewer's offer; its codecs are Opus, VP8, H.264, VP9 and AV1.
    private String viewersOffer(String name) {
        Offerer offerer = offerer(name);
        offerer.add(new OfferBuilder().pairs(1).take());
        return offerer.propose().offer();
    }

    private String offer(String name) {
        return client(name).propose().offer();
    }

    private SfuParticipant join(String name, List<SfuEvent> events) {
        return joined(rig.join(name, name, offer(name), events)).participant();
    }

    private static JoinAnswer joined(CompletableFuture<JoinAnswer> answer) {
        assertThat(answer).isCompleted();
        return answer.join();
    }

    private static void assertRefused(CompletionStage<?> stage, JoinException.Code code) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfSatisfying(
                        JoinException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theAnswerNamesTheSlotsOfTheOffer() {
        JoinAnswer answer = joined(rig.join("alice", "alice", offer("alice"), alice));
        assertThat(answer.slots()).extracting(SlotSections::slot).containsExactly(0, 1, 2);
        assertThat(answer.slots().get(1).video()).isNotNull();
        assertThat(answer.slots().get(2).video()).isNull();
        assertThat(answer.slots().get(2).audio()).isNotNull();
        assertThat(rig.room.size()).isEqualTo(1);
    }

    @Test
    void whatWasAnnouncedIsListedBeforeItsFirstPacket() {
        List<AnnouncedTrack> announced = List.of(new AnnouncedTrack("1", TrackSource.CAMERA, true));
        rig.join("alice", "alice", offer("alice"), announced, alice);
        assertThat(alice)
                .filteredOn(SfuEvent.Published.class::isInstance)
                .last()
                .satisfies(event -> assertThat(((SfuEvent.Published) event).tracks())
                        .anyMatch(track -> track.source() == TrackSource.CAMERA && track.muted()));
    }

    @Test
    void aRefusedOfferLeavesNobodyInTheRoom() {
        assertRefused(rig.join("alice", "alice", "v=0\r\n", alice), JoinException.Code.BAD_SDP);
        assertThat(rig.room.size()).isZero();
        assertThat(alice).isEmpty();
    }

    private static List<SlotMapping> lastMap(List<SfuEvent> events) {
        return events.stream()
                .filter(SfuEvent.Slots.class::isInstance)
                .map(event -> ((SfuEvent.Slots) event).map())
                .reduce(List.of(), (_, last) -> last);
    }

    private void offerAgain(SfuParticipant participant, Offerer client) {
        CompletionStage<String> answer = participant.offer(client.propose().offer());
        rig.run();
        assertThat(answer.toCompletableFuture()).isCompleted();
    }

    /// Sections 2 and 3 are slot 0, 4 and 5 slot 1.
    @Test
    void whoeverWasInAStoppedSlotIsShownInAnother() {
        RoomRig.Person shown = rig.joins("alice");
        Offerer client = client("bob");
        SfuParticipant viewer =
                joined(rig.join("bob", "bob", client.propose().offer(), bob)).participant();
        SlotMapping empty = new SlotMapping(0, null, null, null);
        TrackId picture = shown.track(TrackSource.CAMERA).id();
        TrackId voice = shown.track(TrackSource.MICROPHONE).id();
        assertThat(lastMap(bob)).containsExactly(new SlotMapping(0, shown.member.id(), picture, voice));

        OfferedSection section = OfferedSection.receiver(MediaKind.VIDEO, 0);
        client.change(3, section.directed(Direction.INACTIVE));
        client.change(2, OfferedSection.receiver(MediaKind.AUDIO, 0).directed(Direction.INACTIVE));
        offerAgain(viewer, client);
        assertThat(lastMap(bob)).containsExactly(empty, new SlotMapping(1, shown.member.id(), picture, voice));

        client.change(3, section);
        client.change(5, OfferedSection.receiver(MediaKind.VIDEO, 1).directed(Direction.INACTIVE));
        offerAgain(viewer, client);
        assertThat(lastMap(bob))
                .containsExactly(
                        new SlotMapping(0, shown.member.id(), picture, null),
                        new SlotMapping(1, shown.member.id(), null, voice));
    }

    private static void fault() {
        throw new IllegalStateException("a fault of ours");
    }

    private void assertFault(CompletionStage<?> stage) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(rig.sessions.counters().get(SfuCounter.PARTICIPANT_FAILED)).isEqualTo(1);
        assertThat(rig.ended).isEqualTo(1);
    }

    @Test
    void aFaultInAFurtherOfferEndsThisParticipantAndNobodyElse() {
        Offerer client = client("alice");
        SfuParticipant faulty = joined(
                        rig.join("alice", "alice", client.propose().offer(), alice))
                .participant();
        join("bob", bob);
        rig.atAnswer = EntranceTest::fault;
        CompletionStage<String> answer = faulty.offer(client.propose().offer());
        rig.run();
        assertFault(answer);
        assertThat(alice.getLast())
                .isInstanceOfSatisfying(
                        SfuEvent.Closed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.INTERNAL_ERROR));
        assertThat(bob).noneMatch(SfuEvent.Closed.class::isInstance);
        assertThat(rig.room.size()).isEqualTo(1);
    }

    @Test
    void aFaultWhileSomebodyComesInLeavesNothingOfThem() {
        rig.atUfrag = EntranceTest::fault;
        assertFault(rig.join("alice", "alice", offer("alice"), alice));
        assertThat(alice).isEmpty();
        assertThat(rig.room.size()).isZero();
    }

    @Test
    void whoDecodesNothingOfThePersonToBeSeenIsRefused() {
        rig.joins("alice");
        Watch watch = new Watch(new ParticipantId("alice"), null);
        String offer = viewersOffer("bob").replace(" VP8/", " theora/").replace(" opus/", " G722/");
        assertRefused(rig.view("bob", watch, offer), JoinException.Code.NO_COMMON_CODEC);
        assertThat(rig.room.size()).isEqualTo(1);
        assertThat(rig.ended).isEqualTo(1);
        assertThat(rig.left).as("who never was in did not leave").isZero();
    }

    @Test
    void whoDecodesTheVoiceAloneIsTakenIn() {
        rig.joins("alice");
        Watch watch = new Watch(new ParticipantId("alice"), null);
        joined(rig.view("bob", watch, viewersOffer("bob").replace(" VP8/", " theora/")));
        assertThat(rig.room.size()).isEqualTo(2);
    }

    @Test
    void aPersonWhosePicturesHaveNotComeYetMayBeWatched() {
        rig.enter(rig.person("alice", "alice").publishes(TrackSource.CAMERA), RoomRig.pool(1, 0));
        Watch watch = new Watch(new ParticipantId("alice"), TrackSource.CAMERA);
        joined(rig.view("bob", watch, viewersOffer("bob").replace(" VP8/", " theora/")));
        assertThat(rig.room.size()).isEqualTo(2);
    }

    @Test
    @DisplayName("hostile E11 a double join leaves one of the two, and others undisturbed")
    void hostile_E11_aDoubleJoinLeavesOne() {
        join("bob", bob);
        join("alice", alice);
        List<SfuEvent> again = new ArrayList<>();
        joined(rig.join("alice", "alice", offer("alice"), again));
        assertThat(rig.room.size()).isEqualTo(2);
        assertThat(alice.getLast()).isInstanceOf(SfuEvent.Closed.class);
        assertThat(again).noneMatch(SfuEvent.Closed.class::isInstance);
        assertThat(bob).noneMatch(SfuEvent.Closed.class::isInstance);
        assertThat(rig.left).isEqualTo(1);
    }

    @Test
    @DisplayName("hostile E11 who leaves twice has left once")
    void hostile_E11_leavingTwiceIsLeavingOnce() {
        SfuParticipant leaving = join("alice", alice);
        join("bob", bob);
        for (int i = 0; i < 10; i++) {
            leaving.close(CloseReason.LEFT);
            rig.run();
        }
        assertThat(alice).filteredOn(SfuEvent.Closed.class::isInstance).hasSize(1);
        assertThat(rig.left).isEqualTo(1);
        assertThat(rig.room.size()).isEqualTo(1);
        assertThat(bob).noneMatch(SfuEvent.Closed.class::isInstance);
    }

    @Test
    @DisplayName("hostile E11 whatever is asked after leaving is refused or nothing")
    void hostile_E11_afterLeavingNothingChanges() {
        SfuParticipant left = join("alice", alice);
        join("bob", bob);
        left.close(CloseReason.LEFT);
        rig.run();
        int told = alice.size();
        int bobs = bob.size();
        CompletionStage<String> answer = left.offer(offer("alice"));
        left.view(List.of());
        left.muted(TrackSource.CAMERA, false);
        rig.run();
        assertRefused(answer, JoinException.Code.GONE);
        assertThat(alice).hasSize(told);
        assertThat(bob).hasSize(bobs);
    }

    @Test
    @DisplayName("hostile E11 a storm of offers, good and bad, is answered one by one and changes nobody else")
    void hostile_E11_aStormOfOffers() {
        Offerer client = client("alice");
        SfuParticipant storming = joined(
                        rig.join("alice", "alice", client.propose().offer(), alice))
                .participant();
        join("bob", bob);
        int bobs = bob.size();
        List<CompletionStage<String>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(
                    storming.offer(i % 3 == 0 ? "nonsense" : client.propose().offer()));
        }
        rig.run();
        for (int i = 0; i < answers.size(); i++) {
            if (i % 3 == 0) {
                assertRefused(answers.get(i), JoinException.Code.BAD_SDP);
            } else {
                assertThat(answers.get(i).toCompletableFuture()).isCompleted();
            }
        }
        assertThat(bob).hasSize(bobs);
        assertThat(rig.room.size()).isEqualTo(2);
    }
}
