package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.SlotReport.State;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.synthetic.Publishing;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a viewer says it does not get repairs itself, and disturbs nobody else.
final class SimHealTest {
    private final SimCall call = new SimCall(1, SimCall.GOOD);
    private SimBrowser publisher;
    private SimBrowser viewer;

    @BeforeEach
    void twoPeople() {
        publisher = call.join(Publishing.page());
        viewer = call.join(Publishing.page());
        call.run(3);
    }

    private int slot() {
        return publisher.slotAt(viewer, TrackSource.CAMERA);
    }

    /// Two seconds later the viewer says what came out of the slot.
    private void report(int slot, long frames, State state, long voice) {
        call.run(2);
        viewer.participant()
                .report(List.of(new SlotReport(
                        slot, new SlotReport.Half(frames, state), new SlotReport.Half(voice, State.PLAYING))));
        call.run(0.1);
    }

    private List<HealRung> told() {
        return viewer.events().stream()
                .filter(SfuEvent.Heal.class::isInstance)
                .map(event -> ((SfuEvent.Heal) event).rung())
                .toList();
    }

    @Test
    void aPictureThatIsNotDecodedGetsAKeyFrameThenAnotherSlotAndThenOnlyWords() {
        int slot = slot();
        int keyFrames = publisher.publisher().keyFrameRequests();
        report(slot, 5, State.PLAYING, 1);
        report(slot, 5, State.PLAYING, 2);
        assertThat(publisher.publisher().keyFrameRequests()).isEqualTo(keyFrames + 1);
        report(slot, 5, State.PLAYING, 3);
        report(slot, 5, State.PLAYING, 4);
        report(slot, 5, State.PLAYING, 5);
        assertThat(slot()).as("moved").isNotEqualTo(slot);
        call.run(1);
        assertThat(viewer.receiver().lastFrameNs(viewer.ssrcOf(slot(), true)))
                .isGreaterThan(call.nowNs() - SimCall.SECOND_NS / 5);
        for (int i = 0; i < 10; i++) {
            report(slot(), 9, State.PLAYING, 6 + i);
        }
        assertThat(told()).as("the connection is not at fault").containsExactly(HealRung.NONE);
        assertThat(call.server().count(SfuCounter.HEAL_GIVEN_UP)).isEqualTo(1);
        call.end();
    }

    @Test
    void whatGoesOnInItsNewSlotIsCounted() {
        int slot = slot();
        for (int i = 0; i < 5; i++) {
            report(slot, 5, State.PLAYING, i);
        }
        assertThat(slot()).isNotEqualTo(slot);
        report(slot(), 5, State.PLAYING, 6);
        report(slot(), 65, State.PLAYING, 7);
        assertThat(call.server().count(SfuCounter.HEAL_REMAP)).isEqualTo(1);
        assertThat(told()).isEmpty();
        call.end();
    }

    @Test
    void nothingIsTriedForWhatNobodyWantsToSee() {
        int slot = slot();
        int keyFrames = publisher.publisher().keyFrameRequests();
        int voice = 0;
        for (State state : List.of(State.HIDDEN, State.PAUSED, State.BLOCKED)) {
            for (int i = 0; i < 3; i++) {
                report(slot, 5, state, ++voice);
            }
        }
        assertThat(publisher.publisher().keyFrameRequests()).isEqualTo(keyFrames);
        assertThat(slot()).isEqualTo(slot);
        call.end();
    }

    @Test
    void whatDoesNotArriveAsksForAnotherWay() {
        int slot = slot();
        report(slot, 5, State.PLAYING, 1);
        viewer.client().net().path().down().configure(SimCall.GOOD.withLoss(1), call.nowNs());
        for (int i = 0; i < 14; i++) {
            report(slot(), 5, State.PLAYING, 1);
        }
        assertThat(told()).startsWith(HealRung.RESTART, HealRung.TRANSPORT);
    }
}
