package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.synthetic.Publishing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Who is sent what in rooms over several loops: whoever speaks, whoever was asked for, and nothing of who is held.
final class SimViewTest {
    private final SimCall call = new SimCall(3, SimCall.GOOD);

    private List<SimBrowser> people(int count, Publishing publishing) {
        List<SimBrowser> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(call.join(publishing));
            call.run(0.05);
        }
        call.run(2);
        return people;
    }

    private Set<SimBrowser> seenBy(SimBrowser viewer) {
        Set<SimBrowser> seen = new HashSet<>();
        for (SimBrowser other : call.here()) {
            if (other.slotAt(viewer, TrackSource.CAMERA) >= 0) {
                seen.add(other);
            }
        }
        return seen;
    }

    private static long packets(SimBrowser viewer, SimBrowser from, TrackSource source) {
        int slot = from.slotAt(viewer, source);
        return slot < 0 ? -1 : viewer.receiver().lastPacketNs(viewer.ssrcOf(slot, source.video()));
    }

    private boolean gets(SimBrowser viewer, SimBrowser from, TrackSource source) {
        return packets(viewer, from, source) > call.nowNs() - SimCall.SECOND_NS / 4;
    }

    @Test
    void whoSpeaksIsSeenAndOneOtherGoes() {
        List<SimBrowser> people = people(14, Publishing.page().silent());
        SimBrowser viewer = people.getFirst();
        SimBrowser last = people.getLast();
        Set<SimBrowser> before = seenBy(viewer);
        assertThat(before).hasSize(call.limits().tilesForwarded()).doesNotContain(last);
        last.speak(true, 100);
        call.run(1.5);
        Set<SimBrowser> after = seenBy(viewer);
        assertThat(after).hasSize(call.limits().tilesForwarded()).contains(last);
        assertThat(gets(viewer, last, TrackSource.CAMERA)).isTrue();
        assertThat(last.slotAt(viewer, TrackSource.CAMERA)).isEqualTo(last.slotAt(viewer, TrackSource.MICROPHONE));
        after.removeAll(before);
        assertThat(after).as("nobody else came").containsExactly(last);
        call.end();
    }

    @Test
    void aPageGetsWhomItAsksForAndNoMoreWhenItIsHidden() {
        List<SimBrowser> people = people(14, Publishing.page().silent());
        SimBrowser viewer = people.getFirst();
        SimBrowser asked = people.get(12);
        assertThat(seenBy(viewer)).doesNotContain(asked);
        viewer.participant().view(List.of(new ViewedTile(asked.id(), TrackSource.CAMERA, 1280, 720, true, false)));
        call.run(1);
        assertThat(seenBy(viewer)).contains(asked).hasSize(call.limits().tilesForwarded());
        assertThat(gets(viewer, asked, TrackSource.CAMERA)).isTrue();
        int slot = asked.slotAt(viewer, TrackSource.CAMERA);
        viewer.participant().view(List.of(new ViewedTile(asked.id(), TrackSource.CAMERA, 1280, 720, true, true)));
        call.run(1);
        assertThat(asked.slotAt(viewer, TrackSource.CAMERA)).isEqualTo(slot);
        call.end();
    }

    @Test
    @DisplayName("hostile C14 held at the server")
    void hostile_C14_nothingOfAHeldSourceReachesAnybody() {
        List<SimBrowser> people = people(4, Publishing.page().silent());
        SimBrowser held = people.get(1);
        held.speak(true, 100);
        call.run(1);
        people.stream()
                .filter(one -> one != held)
                .forEach(one ->
                        assertThat(gets(one, held, TrackSource.MICROPHONE)).isTrue());
        held.participant().hold(TrackSource.MICROPHONE, true);
        call.run(0.5);
        held.mute(true);
        call.run(0.2);
        held.mute(false);
        held.client().restartIce();
        call.run(1);
        for (SimBrowser one : people) {
            assertThat(held.slotAt(one, TrackSource.MICROPHONE)).isEqualTo(-1);
            assertThat(one == held || gets(one, held, TrackSource.CAMERA)).isTrue();
        }
        held.participant().hold(TrackSource.CAMERA, true);
        call.run(1);
        assertThat(people).allMatch(one -> held.slotAt(one, TrackSource.CAMERA) == -1);
        held.participant().hold(TrackSource.CAMERA, false);
        held.participant().hold(TrackSource.MICROPHONE, false);
        call.run(1);
        people.stream()
                .filter(one -> one != held)
                .forEach(one -> assertThat(
                                gets(one, held, TrackSource.CAMERA) && gets(one, held, TrackSource.MICROPHONE))
                        .isTrue());
        call.end();
    }
}
