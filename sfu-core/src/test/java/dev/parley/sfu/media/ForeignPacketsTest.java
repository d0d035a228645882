package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.HandLoop;
import org.junit.jupiter.api.Test;

final class ForeignPacketsTest {
    private final HandLoop here = new HandLoop();
    private final HandLoop owner = new HandLoop();
    private final ForeignPackets foreign = new ForeignPackets(here, owner);

    @Test
    void goHomeTogetherAtTheEndOfTheTurn() {
        here.turn(() -> {
            for (int i = 0; i < 10; i++) {
                foreign.giveBack(owner.packets().take());
            }
            assertThat(owner.waiting()).isZero();
        });
        assertThat(owner.waiting()).isEqualTo(1);
        assertThat(owner.packets().outstanding())
                .as("released by their owner alone")
                .isEqualTo(10);
        HandLoop.run(owner);
        assertThat(owner.packets().outstanding()).isZero();
    }

    @Test
    void eachTurnHasABatchOfItsOwn() {
        here.turn(() -> foreign.giveBack(owner.packets().take()));
        here.turn(() -> foreign.giveBack(owner.packets().take()));
        assertThat(owner.waiting()).isEqualTo(2);
        HandLoop.run(owner);
        assertThat(owner.packets().outstanding()).isZero();
    }
}
