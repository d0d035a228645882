package dev.parley.signaling.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.api.Watch;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RoomScene;
import dev.parley.signaling.testing.RoomScene.Guest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Publishers without a page, and those who only watch.
class AudienceTest {
    private final RoomScene scene = new RoomScene();

    private static JoinCommand command(Via via, String name, @Nullable Watching watching) {
        return new JoinCommand(
                RoomName.of("demo"),
                DisplayName.of(name),
                via,
                null,
                null,
                false,
                watching,
                FakeSfu.OFFER,
                List.of(),
                null);
    }

    private Guest publishes(String name) {
        Guest publisher = scene.enter(command(Via.WHIP, name, null));
        FakeSfu.Participant media = scene.media(publisher);
        TrackInfo camera = new TrackInfo(new TrackId("t_" + publisher.id()), TrackSource.CAMERA, "VP8", false, false);
        media.says(new SfuEvent.Published(media.id(), List.of(camera)));
        scene.time.settle();
        return publisher;
    }

    private Guest watches(String name, String person) {
        return scene.enter(command(Via.WHEP, name, new Watching(person, null)));
    }

    private Guest watchesAll(String name) {
        return scene.enter(command(Via.WHEP, name, null));
    }

    private RefusalCode refusal(JoinCommand command) {
        return Objects.requireNonNull(scene.join(command).refusal).code();
    }

    private List<Person> listed() {
        var people = scene.rooms.people(RoomName.of("demo")).toCompletableFuture();
        scene.time.settle();
        return people.join();
    }

    private void away(Guest publisher) {
        scene.media(publisher).goesAway();
        scene.time.settle();
    }

    @Test
    void watchesByIdAndByName() {
        Guest alice = publishes("alice");
        var wanted = new Watch(new ParticipantId(alice.id()), null);
        assertThat(scene.media(watches("bob", "ALICE")).request().watch()).isEqualTo(wanted);
        assertThat(scene.media(watches("bob", alice.id())).request().watch()).isEqualTo(wanted);
    }

    @Test
    void whoHasNothingToShowIsNotWatched() {
        assertThat(refusal(command(Via.WHEP, "bob", new Watching("alice", null))))
                .isEqualTo(RefusalCode.NOT_PUBLISHING);
        scene.enter("alice");
        watchesAll("carol");
        for (String person : new String[] {"alice", "carol", "p_0", "nobody"}) {
            assertThat(refusal(command(Via.WHEP, "bob", new Watching(person, null))))
                    .isEqualTo(RefusalCode.NOT_PUBLISHING);
        }
    }

    @Test
    void followsWhoeverComesBackUnderTheName() {
        Guest first = publishes("alice");
        Guest viewer = watches("bob", "alice");
        first.in().seat().leave(new RoomScene.Ignored<>());
        scene.time.pass(Duration.ofSeconds(29));
        Guest second = publishes("alice");
        assertThat(scene.media(viewer).watches()).contains(new Watch(new ParticipantId(second.id()), null));
        scene.time.pass(Duration.ofMinutes(2));
        assertThat(viewer.ending).isNull();
    }

    @Test
    void endsWhenTheirPersonStaysAway() {
        Guest alice = publishes("alice");
        publishes("carol");
        Guest viewer = watches("bob", "alice");
        Guest other = watchesAll("dave");
        alice.in().seat().leave(new RoomScene.Ignored<>());
        scene.time.pass(Duration.ofSeconds(29));
        assertThat(viewer.ending).isNull();
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(viewer.ending).isEqualTo(Member.Ending.GONE);
        assertThat(scene.media(viewer).closedWith()).isEqualTo(CloseReason.ROOM_CLOSED);
        assertThat(other.ending).isNull();
    }

    @Test
    void anAudienceIsNoRoomButMayWaitForOne() {
        Guest viewer = watchesAll("bob");
        scene.time.pass(Duration.ofMinutes(5));
        assertThat(viewer.ending).isNull();
        assertThat(scene.figures.rooms).isZero();
        assertThat(listed()).isEmpty();
        Guest alice = publishes("alice");
        assertThat(scene.figures.rooms).isEqualTo(1);
        alice.in().seat().leave(new RoomScene.Ignored<>());
        scene.time.pass(Duration.ofSeconds(29));
        assertThat(scene.figures.rooms).isZero();
        assertThat(viewer.ending).isNull();
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(viewer.ending).isEqualTo(Member.Ending.GONE);
    }

    @Test
    void anAudienceStaysWhenSomebodyComesInTime() {
        Guest alice = publishes("alice");
        Guest viewer = watchesAll("bob");
        alice.in().seat().leave(new RoomScene.Ignored<>());
        scene.time.pass(Duration.ofSeconds(20));
        publishes("carol");
        scene.time.pass(Duration.ofMinutes(5));
        assertThat(viewer.ending).isNull();
    }

    @Test
    void aRefusedPublisherDoesNotEndAnAudience() {
        Guest viewer = watchesAll("bob");
        JoinCommand good = command(Via.WHIP, "alice", null);
        assertThat(refusal(new JoinCommand(
                        good.room(), good.name(), Via.WHIP, null, null, false, null, "no offer", List.of(), null)))
                .isEqualTo(RefusalCode.BAD_SDP);
        scene.time.pass(Duration.ofMinutes(5));
        assertThat(viewer.ending).isNull();
    }

    @Test
    void aPublisherWhoWasCutOffIsReplacedByItsSuccessor() {
        Guest first = publishes("alice");
        assertThat(refusal(command(Via.WHIP, "alice", null))).isEqualTo(RefusalCode.NAME_TAKEN);
        away(first);
        assertThat(refusal(RoomScene.guest("alice"))).isEqualTo(RefusalCode.NAME_TAKEN);
        Guest second = publishes("alice");
        assertThat(first.ending).isEqualTo(Member.Ending.MOVED);
        assertThat(second.ending).isNull();
    }

    @Test
    void withoutAPageALostTransportIsTheEnd() {
        Guest alice = publishes("alice");
        scene.media(alice).says(new SfuEvent.Closed(new ParticipantId(alice.id()), CloseReason.LOST));
        scene.time.settle();
        assertThat(alice.ending).isEqualTo(Member.Ending.GONE);
        assertThat(scene.figures.rooms).isZero();
    }

    @Test
    void viewersAreCountedAndNotNamed() {
        Guest alice = scene.enter("alice");
        watchesAll("bob");
        watchesAll("bob");
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(alice.told(RoomEvent.PersonJoined.class)).isEmpty();
        assertThat(alice.told(RoomEvent.Viewers.class).getLast()).isEqualTo(new RoomEvent.Viewers(2, 3));
    }
}
