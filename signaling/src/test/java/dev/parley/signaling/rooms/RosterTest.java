package dev.parley.signaling.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.TrackId;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.testing.RoomScene;
import dev.parley.signaling.testing.RoomScene.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A room of 300: what is told of the others is bounded, and whoever is referred to was named before.
class RosterTest {
    private static final int PEOPLE = 300;

    private final RoomScene scene = new RoomScene();
    private final List<Guest> guests = new ArrayList<>();

    @BeforeEach
    void fill() {
        for (int i = 0; i < PEOPLE; i++) {
            guests.add(scene.enter("guest " + i));
        }
        scene.time.pass(Duration.ofSeconds(2));
    }

    private void speaks(Guest listener, Guest... speakers) {
        var ids = List.of(speakers).stream().map(s -> s.in().participant()).toList();
        scene.media(listener).says(new SfuEvent.Speakers(listener.in().participant(), ids));
        scene.time.pass(Duration.ofMillis(200));
    }

    @Test
    void aLateJoinIsToldOfAHundred() {
        Guest late = scene.enter("late");
        assertThat(late.in().participants())
                .hasSize(Roster.LISTED_MAX)
                .extracting(Person::name)
                .startsWith("guest 0")
                .endsWith("guest 99");
        assertThat(late.in().people()).isEqualTo(PEOPLE + 1);
        assertThat(guests.getFirst().told(RoomEvent.PersonJoined.class)).hasSize(99);
        assertThat(guests.getFirst().told(RoomEvent.Viewers.class))
                .last()
                .extracting(RoomEvent.Viewers::people)
                .isEqualTo(PEOPLE + 1);
    }

    @Test
    void aVoiceIsNamedBeforeItIsReferredTo() {
        Guest first = guests.getFirst();
        first.told.clear();
        speaks(first, guests.get(250));
        assertThat(first.told)
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("PersonJoined", "Speakers");
        var slot = new SlotMapping(2, guests.get(260).in().participant(), null, new TrackId("t"));
        scene.media(first).says(new SfuEvent.Slots(first.in().participant(), List.of(slot)));
        scene.time.settle();
        assertThat(first.told).extracting(e -> e.getClass().getSimpleName()).endsWith("PersonJoined", "Slots");
    }

    @Test
    void voicesOfLongAgoAreForgotten() {
        Guest first = guests.getFirst();
        for (int i = 150; i < 150 + Roster.HEARD_MAX + 5; i++) {
            speaks(first, guests.get(i));
        }
        assertThat(first.told(RoomEvent.PersonLeft.class))
                .hasSize(5)
                .allMatch(left -> left.reason() == LeaveReason.UNLISTED);
        Guest late = scene.enter("late");
        assertThat(late.in().participants()).hasSize(Roster.LISTED_MAX + Roster.HEARD_MAX);
    }

    @Test
    void someoneMovesUpWhenOneOfTheFirstLeaves() {
        Guest last = guests.getLast();
        last.told.clear();
        guests.get(3).in().seat().leave(new Ignored<>());
        scene.time.pass(Duration.ofMillis(200));
        assertThat(last.told(RoomEvent.PersonLeft.class)).hasSize(1);
        assertThat(last.told(RoomEvent.PersonJoined.class))
                .extracting(e -> e.person().name())
                .containsExactly("guest 100");
    }

    @Test
    void pagesReachEveryone() {
        Set<String> names = new HashSet<>();
        long[] after = {0};
        for (int pages = 0; pages < 3; pages++) {
            guests.getFirst().in().seat().people(after[0], new Ignored<>() {
                @Override
                public void done(PeoplePage page) {
                    page.people().forEach(p -> names.add(p.name()));
                    after[0] = page.next() == null ? -1 : page.next();
                }
            });
            scene.time.settle();
        }
        assertThat(after[0]).isEqualTo(-1);
        assertThat(names).hasSize(PEOPLE);
    }

    @Test
    void manyChangesAtOnceAreOneBatch() {
        Guest watching = guests.get(200);
        watching.told.clear();
        for (int round = 0; round < 10; round++) {
            for (Guest guest : guests.subList(0, 50)) {
                scene.media(guest).says(new SfuEvent.Published(guest.in().participant(), List.of()));
            }
            scene.time.pass(Duration.ofMillis(5));
        }
        scene.time.pass(Duration.ofMillis(200));
        assertThat(watching.told).hasSizeBetween(50, 51 + 50);
    }

    /// A reply nobody needs.
    private static class Ignored<T> implements Reply<T> {
        @Override
        public void done(T value) {}

        @Override
        public void refused(Refusal refusal) {
            throw new AssertionError(refusal);
        }
    }
}
