package dev.parley.signaling.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.Reaction;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.model.Speaker;
import dev.parley.signaling.rooms.RoomEvent.ChatHere;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RoomScene;
import dev.parley.signaling.testing.RoomScene.Guest;
import dev.parley.signaling.testing.RoomScene.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataWayTest {
    private static final Speaker BOB = new Speaker("p_bob", "bob", "person-bob");

    private final RoomScene scene = new RoomScene();
    private final Guest alice = scene.enter("alice");

    private void say(long n) {
        var message = new ChatMessage(n, n, "message-" + n, Instant.EPOCH, BOB, null, null, "text " + n, null, false);
        scene.rooms.deliver("demo", message);
        scene.chats.last.put("demo", n);
    }

    private void opens(String label) {
        scene.media(alice).opens(label);
        scene.time.settle();
    }

    private void media(SfuEvent event) {
        scene.media(alice).says(event);
        scene.time.settle();
    }

    private static List<Long> said(List<? extends RoomEvent> told) {
        return told.stream()
                .filter(RoomEvent.Said.class::isInstance)
                .map(event -> ((RoomEvent.Said) event).message().n())
                .toList();
    }

    private List<Long> bySocket() {
        return said(alice.told);
    }

    private List<Long> byChannel() {
        return said(scene.port(alice).chat());
    }

    private static ChatHere here(List<? extends RoomEvent> told) {
        return told.stream()
                .filter(ChatHere.class::isInstance)
                .map(ChatHere.class::cast)
                .toList()
                .getLast();
    }

    @Test
    void whoeverHasAChannelIsToldThereAndNotTwice() {
        say(1);
        opens("chat");
        say(2);
        assertThat(bySocket()).containsExactly(1L);
        assertThat(byChannel()).containsExactly(2L);
        assertThat(scene.port(alice).chat().getFirst()).isEqualTo(new ChatHere(1, "h_demo", 1, List.of()));
    }

    @Test
    void othersHearAsBefore() {
        Guest carol = scene.enter("carol");
        opens("chat");
        say(1);
        assertThat(said(carol.told)).containsExactly(1L);
        assertThat(carol.told(ChatHere.class)).isEmpty();
    }

    @Test
    void whenTheChannelsEndTheSocketTellsHowFarTheRoomIs() {
        opens("chat");
        say(1);
        media(new SfuEvent.DataClosed(alice.in().participant(), "chat"));
        media(new SfuEvent.DataEnded(alice.in().participant(), "slow_consumer"));
        say(2);
        assertThat(here(alice.told)).isEqualTo(new ChatHere(2, "h_demo", 1, List.of()));
        assertThat(alice.told(RoomEvent.DataEnded.class)).containsExactly(new RoomEvent.DataEnded("slow_consumer"));
        assertThat(bySocket()).containsExactly(2L);
        assertThat(alice.ending).as("the person stays").isNull();
        assertThat(scene.sfu.participant(alice.id()).closedWith()).isNull();
    }

    @Test
    void aFullChannelIsLeftUntilItTakesMessagesAgain() {
        opens("chat");
        say(1);
        scene.port(alice).seat.dataFull("chat");
        scene.time.settle();
        say(2);
        assertThat(here(alice.told).last()).isEqualTo(1);
        assertThat(bySocket()).containsExactly(2L);
        scene.port(alice).seat.dataFull("chat");
        scene.time.settle();
        assertThat(alice.told(ChatHere.class)).as("said once").hasSize(1);
        media(new SfuEvent.DataReady(alice.in().participant(), "chat"));
        say(3);
        assertThat(byChannel()).containsExactly(1L, 3L);
        assertThat(here(scene.port(alice).chat())).isEqualTo(new ChatHere(3, "h_demo", 2, List.of()));
    }

    @Test
    void aChannelOutlivesTheSocket() {
        opens("chat");
        alice.in().seat().lost();
        scene.time.pass(Duration.ofMinutes(5));
        say(1);
        assertThat(byChannel()).containsExactly(1L);
        Guest back =
                scene.join(RoomScene.command("demo", "alice", null, alice.in().resume(), false, null));
        assertThat(back.in().chat().last()).isEqualTo(1);
        say(2);
        assertThat(said(back.told)).isEmpty();
        assertThat(back.told(ChatHere.class)).as("the channel is still the way").isEmpty();
        assertThat(byChannel()).containsExactly(1L, 2L);
    }

    @Test
    void whoComesBackAfterBothWereCutIsToldThatTheSocketIsTheWay() {
        opens("chat");
        alice.in().seat().lost();
        scene.time.settle();
        media(new SfuEvent.DataClosed(alice.in().participant(), "chat"));
        say(1);
        Guest back =
                scene.join(RoomScene.command("demo", "alice", null, alice.in().resume(), false, null));
        assertThat(here(back.told).last()).isEqualTo(1);
        assertThat(here(back.told).turn()).isEqualTo(3);
        say(2);
        assertThat(said(back.told)).containsExactly(2L);
    }

    @Test
    void withTheTransportTheChannelsAreGone() {
        opens("chat");
        say(1);
        media(new SfuEvent.Closed(alice.in().participant(), CloseReason.LOST));
        say(2);
        assertThat(here(alice.told).last()).isEqualTo(1);
        assertThat(bySocket()).containsExactly(2L);
        List<Refusal> refusals = new ArrayList<>();
        scene.port(alice).seat.hand(true, new Ignored<>() {
            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal);
            }
        });
        scene.time.settle();
        assertThat(refusals).extracting(Refusal::code).containsExactly(RefusalCode.GONE);
    }

    @Test
    void reactionsMayGetLostWhereThereIsAChannelForThem() {
        opens("chat");
        opens("live");
        alice.in().seat().react(new Reaction("\ud83d\udc4d"), new Ignored<>());
        alice.in().seat().hand(true, new Ignored<>());
        scene.time.pass(Duration.ofSeconds(1));
        assertThat(scene.port(alice).told.get("live")).singleElement().isInstanceOf(RoomEvent.Reactions.class);
        assertThat(scene.port(alice).chat())
                .extracting(event -> (Object) event.getClass())
                .containsExactly(ChatHere.class, RoomEvent.Hands.class);
        assertThat(alice.told(RoomEvent.Hands.class)).isEmpty();
    }

    @Test
    void whatIsSaidOnOtherChannelsIsNobodysAndAnEarThatOnlyPublishesHasNone() {
        opens("chat");
        scene.media(alice).sends("chat", "one");
        scene.media(alice).sends("other", "two");
        scene.media(alice).sends("live", "three");
        scene.time.settle();
        assertThat(scene.port(alice).received).containsExactly("chat one", "live three");
        Guest encoder = scene.enter(new JoinCommand(
                RoomName.of("demo"),
                DisplayName.of("encoder"),
                Via.WHIP,
                null,
                null,
                false,
                null,
                FakeSfu.OFFER,
                List.of(),
                null));
        scene.media(encoder).opens("chat");
        scene.media(encoder).sends("chat", "{}");
        scene.time.settle();
        assertThat(scene.ports).doesNotContainKey(encoder.id());
    }
}
