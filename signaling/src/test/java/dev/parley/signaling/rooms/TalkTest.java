package dev.parley.signaling.rooms;

import static dev.parley.signaling.testing.RoomScene.command;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Reaction;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.Speaker;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RoomScene;
import dev.parley.signaling.testing.RoomScene.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TalkTest {
    private static final Reaction THUMB = new Reaction("\ud83d\udc4d");

    private final RoomScene scene = new RoomScene();

    /// Remembers the answer to a request.
    private static final class Answer<T> implements Reply<T> {
        private @Nullable Refusal refusal;

        @Override
        public void done(T done) {}

        @Override
        public void refused(Refusal why) {
            refusal = why;
        }

        private @Nullable RefusalCode code() {
            return refusal == null ? null : refusal.code();
        }
    }

    private record Said(String room, Speaker from, @Nullable Speaker to) {}

    private Guest enter(String name, String device) {
        return scene.enter(command("demo", name, device, null, false, FakeSfu.OFFER));
    }

    private @Nullable Said converse(Guest guest, @Nullable ParticipantId to, Answer<Seat> answer) {
        List<Said> said = new ArrayList<>();
        guest.in().seat().converse(to, answer, (room, from, receiver) -> said.add(new Said(room, from, receiver)));
        scene.time.settle();
        return said.isEmpty() ? null : said.getFirst();
    }

    private Said said(Guest guest, @Nullable ParticipantId to) {
        return Objects.requireNonNull(converse(guest, to, new Answer<>()), "refused");
    }

    private Speaker speaker(Guest guest) {
        return said(guest, null).from();
    }

    private static ChatMessage message(long n, Speaker from, @Nullable Speaker to) {
        return new ChatMessage(n, n, "message-" + n, java.time.Instant.EPOCH, from, to, null, "text " + n, null, false);
    }

    private void deliver(ChatMessage message) {
        scene.rooms.deliver("demo", message);
        scene.chats.last.put("demo", message.v());
    }

    private static List<Long> afters(Guest guest) {
        return guest.told(RoomEvent.Said.class).stream()
                .map(RoomEvent.Said::after)
                .toList();
    }

    @Test
    void speaksForWhoeverTheConnectionIs() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        Said said = said(alice, bob.in().participant());
        assertThat(said.room()).isEqualTo("demo");
        assertThat(said.from().participant()).isEqualTo(alice.id());
        assertThat(said.from().name()).isEqualTo("alice");
        assertThat(said.to()).isEqualTo(speaker(bob));
    }

    @Test
    void nobodySpeaksToWhoIsNotThereNorToThemselves() {
        Guest alice = scene.enter("alice");
        for (String to : List.of("p_nobody", alice.id())) {
            Answer<Seat> answer = new Answer<>();
            assertThat(converse(alice, new ParticipantId(to), answer)).isNull();
            assertThat(answer.code()).isEqualTo(RefusalCode.BAD_MESSAGE);
        }
        alice.in().seat().leave(new Answer<>());
        Answer<Seat> gone = new Answer<>();
        assertThat(converse(alice, null, gone)).isNull();
        assertThat(gone.code()).isEqualTo(RefusalCode.GONE);
    }

    @Test
    void theSameBrowserIsTheSamePersonAndNobodyElseIs() {
        Guest alice = enter("alice", "device-1");
        Guest bob = enter("bob", "device-2");
        Speaker before = speaker(alice);
        assertThat(speaker(bob).person()).isNotEqualTo(before.person());
        assertThat(before.person()).doesNotContain("device-1").hasSize(22);
        alice.in().seat().lost();
        Guest again = enter("alice", "device-1");
        assertThat(speaker(again).person()).isEqualTo(before.person());
        assertThat(speaker(again).participant()).isNotEqualTo(before.participant());
        Guest elsewhere = scene.enter(command("other", "alice", "device-1", null, false, FakeSfu.OFFER));
        assertThat(speaker(elsewhere).person()).isNotEqualTo(before.person());
    }

    @Test
    void whoComesBackByTokenIsTheSamePersonWithoutADeviceToo() {
        Guest alice = scene.enter("alice");
        Speaker before = speaker(alice);
        alice.in().seat().lost();
        Guest again = scene.enter(command("demo", "alice", null, alice.in().resume(), false, FakeSfu.OFFER));
        assertThat(speaker(again).person()).isEqualTo(before.person());
        Guest other = scene.enter("bob");
        assertThat(speaker(other).person()).isNotEqualTo(before.person());
    }

    @Test
    void everyoneHearsWithTheNumberThatTheyHeardBefore() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        deliver(message(1, speaker(alice), null));
        Guest carol = scene.enter("carol");
        assertThat(carol.in().chat().last()).isEqualTo(1);
        deliver(message(2, speaker(alice), speaker(bob)));
        deliver(message(3, speaker(alice), null));
        assertThat(afters(alice)).containsExactly(0L, 1L, 2L);
        assertThat(afters(bob)).containsExactly(0L, 1L, 2L);
        assertThat(afters(carol)).containsExactly(1L);
        assertThat(carol.told(RoomEvent.Said.class)).noneMatch(e -> e.message().n() == 2);
        assertThat(alice.told(RoomEvent.Said.class).getFirst())
                .as("written down once for all who heard the same before")
                .isSameAs(bob.told(RoomEvent.Said.class).getFirst());
    }

    @Test
    void whoResumesIsToldHowFarTheRoomIs() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        bob.in().seat().lost();
        scene.time.settle();
        deliver(message(1, speaker(alice), null));
        Guest back = scene.join(command("demo", "bob", null, bob.in().resume(), false, null));
        assertThat(back.in().chat().last()).isEqualTo(1);
        deliver(message(2, speaker(alice), null));
        assertThat(afters(back)).containsExactly(1L);
    }

    @Test
    void handsAreInOrderAndFallWithTheirOwners() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        hand(bob, true);
        hand(alice, true);
        hand(bob, true);
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(lastHands(alice)).containsExactly(bob.id(), alice.id());
        Guest carol = scene.enter("carol");
        assertThat(carol.in().hands().up())
                .containsExactly(bob.in().participant(), alice.in().participant());
        bob.in().seat().leave(new Answer<>());
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(lastHands(carol)).containsExactly(alice.id());
        hand(alice, false);
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(lastHands(carol)).isEmpty();
    }

    @Test
    void aReloadKeepsOnesTurn() {
        Guest alice = enter("alice", "device-1");
        Guest bob = enter("bob", "device-2");
        hand(alice, true);
        hand(bob, true);
        alice.in().seat().lost();
        Guest again = enter("alice", "device-1");
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(lastHands(bob)).containsExactly(again.id(), bob.id());
    }

    private void hand(Guest guest, boolean up) {
        guest.in().seat().hand(up, new Answer<>());
        scene.time.settle();
    }

    private static List<String> lastHands(Guest guest) {
        return guest.told(RoomEvent.Hands.class).getLast().up().stream()
                .map(ParticipantId::value)
                .toList();
    }

    @Test
    void reactionsOfManyComeTogether() {
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            guests.add(scene.enter("guest " + i));
        }
        Guest first = guests.getFirst();
        guests.forEach(guest -> guest.in().seat().react(THUMB, new Answer<>()));
        scene.time.settle();
        scene.time.pass(Duration.ofSeconds(1));
        List<RoomEvent.Reactions> told = first.told(RoomEvent.Reactions.class);
        assertThat(told).hasSize(2);
        assertThat(told.stream().mapToInt(e -> e.reactions().size()).sum()).isEqualTo(1 + Talk.REACTIONS_MAX);
        assertThat(scene.figures.limits).contains("reactions");
    }

    @Test
    void whoReactsTooOftenIsToldToSlowDown() {
        Guest alice = scene.enter("alice");
        scene.time.pass(Duration.ofSeconds(10));
        Answer<Seat> last = new Answer<>();
        for (int i = 0; i < 30; i++) {
            last = new Answer<>();
            alice.in().seat().react(THUMB, last);
        }
        scene.time.settle();
        assertThat(last.code()).isEqualTo(RefusalCode.SLOW_DOWN);
        assertThat(scene.figures.limits).contains("signal_rate");
    }

    @Test
    void typingEndsWithTheMessageAndByItself() {
        Guest alice = scene.enter("alice");
        Guest bob = scene.enter("bob");
        alice.in().seat().typing(true, new Answer<>());
        bob.in().seat().typing(true, new Answer<>());
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(typing(bob)).containsExactly(alice.id(), bob.id());
        deliver(message(1, speaker(alice), null));
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(typing(bob)).containsExactly(bob.id());
        scene.time.pass(Duration.ofSeconds(10));
        assertThat(typing(bob)).isEmpty();
        assertThat(bob.told(RoomEvent.Typing.class)).hasSizeLessThan(5);
    }

    private static List<String> typing(Guest guest) {
        return guest.told(RoomEvent.Typing.class).getLast().typing().stream()
                .map(ParticipantId::value)
                .toList();
    }

    @Test
    void whomNobodyKnowsRaisesNoHand() {
        scene.enter("alice");
        Guest bob = scene.join(RoomScene.guest("bob"));
        Answer<Seat> answer = new Answer<>();
        bob.in().seat().hand(true, answer);
        scene.time.settle();
        assertThat(answer.code()).isEqualTo(RefusalCode.BAD_MESSAGE);
    }

    @Test
    void chatEndsWithTheRoomButNotWithTheServer() {
        Guest alice = scene.enter("alice");
        alice.in().seat().leave(new Answer<>());
        scene.time.settle();
        assertThat(scene.chats.ended).containsExactly("demo");
        scene.enter("carol");
        scene.rooms.drain();
        scene.time.settle();
        assertThat(scene.chats.ended).as("she may come back").hasSize(1);
        assertThat(scene.time.timers()).isZero();
    }
}
