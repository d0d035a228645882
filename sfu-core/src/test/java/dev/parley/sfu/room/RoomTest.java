package dev.parley.sfu.room;

import static dev.parley.sfu.room.RoomRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.session.SessionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoomTest {
    private final RoomRig rig = new RoomRig();

    private static List<List<ParticipantId>> speakers(RoomRig.Person person) {
        return person.told(SfuEvent.Speakers.class).stream()
                .map(SfuEvent.Speakers::speaking)
                .toList();
    }

    @Test
    void theSamePrincipalReplacesItsFormerSelf() {
        RoomRig.Person old = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        RoomRig.Person fresh = rig.person("alice-2", "alice").publishes(TrackSource.CAMERA);
        rig.enter(fresh, RoomRig.pagePool(rig.limits));
        fresh.sends(TrackSource.CAMERA);
        assertThat(old.events.getLast()).isEqualTo(new SfuEvent.Closed(old.member.id(), CloseReason.REPLACED));
        assertThat(old.session.ended()).isTrue();
        assertThat(rig.room.size()).isEqualTo(2);
        assertThat(rig.left).isEqualTo(1);
        assertThat(bob.slots().video(0)).isSameAs(fresh.track(TrackSource.CAMERA));
    }

    @Test
    void aPlaceThatIsTakenTwiceHasOneOwner() {
        RoomRig.Person old = rig.joins("alice");
        RoomRig.Person other = rig.person("alice", "somebody else");
        rig.enter(other, RoomRig.pagePool(rig.limits));
        assertThat(old.session.ended()).isTrue();
        assertThat(rig.room.size()).isEqualTo(1);
        other.leaves();
        assertThat(rig.room.size()).isZero();
        assertThat(rig.left).isEqualTo(2);
    }

    @Test
    void nothingIsToldAfterItWasClosed() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        alice.leaves();
        int told = alice.events.size();
        alice.speaks(10);
        alice.sends(TrackSource.SCREEN);
        alice.muted(TrackSource.CAMERA, true);
        alice.tell(new SessionEvent.Connected(Flow.Protocol.UDP));
        alice.tell(new SessionEvent.Away());
        alice.tell(new SessionEvent.Undecodable(0, bob.track(TrackSource.CAMERA).track(), Codec.VP9));
        alice.leaves();
        bob.speaks(10);
        rig.pass(5_000 * MS);
        assertThat(alice.events).hasSize(told);
        assertThat(alice.events.getLast()).isInstanceOf(SfuEvent.Closed.class);
        assertThat(rig.left).isEqualTo(1);
        assertThat(bob.slots().video(0)).isNull();
    }

    @Test
    void aCameraThatIsPublishedAnewIsSeenInsteadOfTheOldOne() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        PublishedTrack old = alice.track(TrackSource.CAMERA);
        assertThat(bob.slots().video(0)).isSameAs(old);
        alice.tell(new SessionEvent.Unpublished(old.track()));
        assertThat(bob.slots().video(0)).isNull();
        assertThat(alice.told(SfuEvent.Published.class).getLast().tracks())
                .extracting(TrackInfo::source)
                .containsExactly(TrackSource.MICROPHONE);
        alice.publishes(TrackSource.CAMERA).sends(TrackSource.CAMERA);
        assertThat(bob.slots().video(0))
                .isSameAs(alice.track(TrackSource.CAMERA))
                .isNotSameAs(old);
    }

    @Test
    void speakersAreToldOnChangeAndAtMostFiveTimesASecond() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        RoomRig.Person carol = rig.joins("carol");
        for (int i = 0; i < 300; i++) { // ten seconds of two who take turns each 33 ms
            (i % 2 == 0 ? alice : bob).speaks(i % 7 + 10);
            rig.pass(33 * MS + 333_333);
        }
        assertThat(speakers(carol)).hasSizeBetween(1, 51);
        assertThat(speakers(carol).getFirst()).containsExactly(alice.member.id());
        int before = speakers(carol).size();
        rig.pass(1_000 * MS);
        assertThat(speakers(carol)).hasSize(before + 1);
        assertThat(speakers(carol).getLast()).isEmpty();
    }

    @Test
    void anEndAndANewBeginAreNotToldFasterEither() {
        RoomRig.Person alice = rig.joins("alice");
        alice.speaks(10);
        rig.pass(0);
        for (int i = 0; i < 2; i++) {
            rig.pass(200 * MS);
        }
        assertThat(speakers(alice)).hasSize(2);
        alice.speaks(10);
        rig.pass(1 * MS);
        assertThat(speakers(alice)).as("just told that nobody speaks").hasSize(2);
        rig.pass(200 * MS);
        assertThat(speakers(alice)).hasSize(3);
    }

    @Test
    void whoComesLaterLearnsWhoSpeaks() {
        RoomRig.Person alice = rig.joins("alice");
        alice.speaks(10);
        rig.pass(0);
        RoomRig.Person bob = rig.joins("bob");
        assertThat(speakers(bob)).containsExactly(List.of(alice.member.id()));
    }

    @Test
    void theMutedDoNotSpeakWhateverTheySend() {
        RoomRig.Person alice = rig.joins("alice");
        alice.muted(TrackSource.MICROPHONE, true);
        alice.speaks(1);
        rig.pass(1_000 * MS);
        assertThat(speakers(alice)).isEmpty();
        assertThat(rig.room.nextTimeNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void anEmptyRoomForgetsWhoSpoke() {
        RoomRig.Person alice = rig.joins("alice");
        alice.speaks(10);
        rig.pass(0);
        alice.leaves();
        assertThat(rig.room.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        RoomRig.Person bob = rig.joins("bob");
        assertThat(speakers(bob)).isEmpty();
        bob.speaks(10);
        rig.pass(200 * MS);
        assertThat(speakers(bob)).containsExactly(List.of(bob.member.id()));
    }

    @Test
    void aShareIsListedOnlyWhileItIsShown() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        alice.sends(TrackSource.SCREEN);
        assertThat(published(alice)).extracting(TrackInfo::source).contains(TrackSource.SCREEN);
        assertThat(bob.slots().video(rig.limits.tileSlots())).isSameAs(alice.track(TrackSource.SCREEN));
        alice.muted(TrackSource.SCREEN, true);
        assertThat(published(alice)).extracting(TrackInfo::source).doesNotContain(TrackSource.SCREEN);
        assertThat(bob.slots().video(rig.limits.tileSlots())).isNull();
        alice.muted(TrackSource.CAMERA, true);
        assertThat(published(alice)).anyMatch(track -> track.source() == TrackSource.CAMERA && track.muted());
    }

    private static List<TrackInfo> published(RoomRig.Person person) {
        return person.told(SfuEvent.Published.class).getLast().tracks();
    }

    @Test
    void whoIsAwayLeavesTheGridAfterThreeSecondsAndComesBack() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        alice.tell(new SessionEvent.Away());
        rig.pass(2_999 * MS);
        assertThat(bob.slots().video(0)).isNotNull();
        rig.pass(MS);
        assertThat(bob.slots().video(0)).isNull();
        alice.tell(new SessionEvent.Back(Flow.Protocol.UDP));
        assertThat(bob.slots().video(0)).isSameAs(alice.track(TrackSource.CAMERA));
        assertThat(alice.told(SfuEvent.Connected.class)).hasSize(1);
    }

    @Test
    void aViewerIsToldWhatItCannotDecodeOnlyOfWhatItHas() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        bob.tell(new SessionEvent.Undecodable(0, alice.track(TrackSource.CAMERA).track(), Codec.AV1));
        bob.tell(new SessionEvent.Undecodable(5, alice.track(TrackSource.CAMERA).track(), Codec.AV1));
        assertThat(bob.told(SfuEvent.Undecodable.class))
                .containsExactly(new SfuEvent.Undecodable(
                        bob.member.id(), 0, alice.track(TrackSource.CAMERA).id(), "AV1"));
    }

    /// An offer whose second section of sound was refused has no slot 1.
    @Test
    void slotsThatWereRefusedHarmNobody() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person odd = rig.person("odd", "odd");
        rig.enter(odd, List.of(new SlotSections(2, "a", null), new SlotSections(40, "b", "c")));
        RoomRig.Person bob = rig.joins("bob");
        assertThat(odd.slots().video(40)).isSameAs(alice.track(TrackSource.CAMERA));
        assertThat(odd.slots().audio(2)).isSameAs(bob.track(TrackSource.MICROPHONE));
        assertThat(bob.slots().video(0)).isSameAs(alice.track(TrackSource.CAMERA));
    }

    @Test
    void changesOfOneTurnAreToldTogether() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        int before = alice.told(SfuEvent.Slots.class).size();
        rig.home.turn(() -> {
            rig.room.muted(bob.member, TrackSource.CAMERA, true);
            rig.room.muted(bob.member, TrackSource.MICROPHONE, true);
            rig.room.muted(bob.member, TrackSource.SCREEN, false);
        });
        List<SfuEvent.Slots> told = alice.told(SfuEvent.Slots.class);
        assertThat(told).hasSize(before + 1);
        assertThat(told.getLast().map()).hasSize(2);
    }

    @Test
    void closingTheRoomEndsEverybody() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        rig.home.turn(() -> rig.room.close(CloseReason.ROOM_CLOSED));
        rig.run();
        assertThat(rig.room.size()).isZero();
        assertThat(rig.left).isEqualTo(2);
        assertThat(alice.session.ended() && bob.session.ended()).isTrue();
        assertThat(alice.events.getLast()).isInstanceOf(SfuEvent.Closed.class);
        assertThat(bob.events.getLast()).isInstanceOf(SfuEvent.Closed.class);
    }

    /// Memory is what can be measured exactly; work goes with it.
    @Test
    void theThreeHundredthViewerCostsWhatTheTenthDid() {
        rig.joins("alice").speaks(10);
        rig.joins("bob");
        viewers(10);
        long tenth = Allocations.of(1, () -> viewers(1));
        viewers(290);
        assertThat(Allocations.of(1, () -> viewers(1))).isLessThan(tenth * 13 / 10);
    }

    private void viewers(int count) {
        for (int i = 0; i < count; i++) {
            rig.watches("viewer" + rig.room.size(), null, 2);
        }
    }

    /// Who has everybody in its slots is left alone; who has not follows whoever speaks.
    @Test
    void whoSpeaksMovesOnlyThoseForWhomSomebodyWaits() {
        RoomRig.Person alice = rig.joins("alice");
        RoomRig.Person bob = rig.joins("bob");
        RoomRig.Person one = rig.watches("one", null, 1);
        RoomRig.Person all = rig.watches("all", null, 2);
        assertThat(one.slots().video(0)).isSameAs(alice.track(TrackSource.CAMERA));
        int toldAll = all.told(SfuEvent.Slots.class).size();
        bob.talks(10, 400);
        assertThat(one.slots().video(0)).isSameAs(bob.track(TrackSource.CAMERA));
        assertThat(one.slots().audio(0)).isSameAs(bob.track(TrackSource.MICROPHONE));
        rig.pass(1_000 * RoomRig.MS);
        alice.talks(10, 600);
        assertThat(one.slots().video(0)).isSameAs(alice.track(TrackSource.CAMERA));
        assertThat(all.told(SfuEvent.Slots.class)).hasSize(toldAll);
    }
}
