package dev.parley.sfu.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.room.SlotPool.Slot;
import dev.parley.sfu.room.SlotPool.Use;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlotPoolTest {
    private final Limits limits = Limits.defaults();
    private final SlotPool pool = new SlotPool(limits);

    private long count(Use use) {
        return pool.slots().stream().filter(slot -> slot.use() == use).count();
    }

    @Test
    void thePagesFirstPoolIsForTilesThenSharesThenVoices() {
        pool.resize(RoomRig.pagePool(limits));
        assertThat(pool.slots()).extracting(Slot::use).startsWith(Use.TILE).endsWith(Use.VOICE);
        assertThat(count(Use.TILE)).isEqualTo(limits.tileSlots());
        assertThat(count(Use.SHARE)).isEqualTo(limits.shareSlots());
        assertThat(count(Use.VOICE)).isEqualTo(limits.voiceSlots());
        assertThat(pool.slots().get(limits.tileSlots()).use()).isEqualTo(Use.SHARE);
    }

    @Test
    void aSmallClientShowsWhateverThereIs() {
        pool.resize(RoomRig.pool(3, 1));
        assertThat(count(Use.TILE)).isEqualTo(3);
        assertThat(count(Use.SHARE)).isZero();
    }

    /// The page grows by twelve of each kind. Halves are counted by kind, so the new pictures join what were voices.
    @Test
    void aGrownPoolHasTwelveTilesMoreAndAsManyVoices() {
        pool.resize(RoomRig.pagePool(limits));
        pool.resize(RoomRig.pool(limits.tileSlots() + limits.shareSlots() + 12, limits.voiceSlots()));
        assertThat(count(Use.TILE)).isEqualTo(limits.tileSlots() + 12);
        assertThat(count(Use.SHARE)).isEqualTo(limits.shareSlots());
        assertThat(count(Use.VOICE)).isEqualTo(limits.voiceSlots());
        assertThat(pool.slots()).allMatch(Slot::audio);
    }

    @Test
    void whatIsStoppedIsKeptEmptyAndGoesOnAsBefore() {
        pool.resize(RoomRig.pagePool(limits));
        List<Slot> before = List.copyOf(pool.slots());
        pool.resize(List.of(new SlotSections(0, null, "v0"), new SlotSections(1, "a1", null)));
        assertThat(pool.slots()).hasSameSizeAs(before).extracting(Slot::use).isEqualTo(uses(before));
        assertThat(pool.slots().stream().filter(Slot::video).map(Slot::number)).containsExactly(0);
        assertThat(pool.slots().stream().filter(Slot::audio).map(Slot::number)).containsExactly(1);
        pool.resize(RoomRig.pagePool(limits));
        assertThat(pool.slots()).isEqualTo(before);
    }

    private static List<Use> uses(List<Slot> slots) {
        return slots.stream().map(Slot::use).toList();
    }

    @Test
    void refusedSectionsLeaveTheirNumbersOut() {
        pool.resize(List.of(new SlotSections(0, "a", "v"), new SlotSections(7, "b", null)));
        assertThat(pool.slots()).extracting(Slot::number).containsExactly(0, 7);
        assertThat(pool.size()).isEqualTo(8);
    }

    @Test
    void holdsNoMoreThanItsLimit() {
        pool.resize(RoomRig.pool(limits.slotsMax() + 10, 20));
        assertThat(pool.size()).isEqualTo(limits.slotsMax());
        assertThat(pool.slots()).hasSize(limits.slotsMax());
    }
}
