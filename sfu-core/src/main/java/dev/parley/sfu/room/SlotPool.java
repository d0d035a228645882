package dev.parley.sfu.room;

import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.List;

/// The receive slots of a member, as its offers gave them: which have sound, picture or both, and what each is for.
/// Grows by further offers; a slot that one of them stops is kept, but nobody is put into it.
final class SlotPool {
    /// What a slot is filled with.
    enum Use {
        TILE,
        SHARE,
        VOICE
    }

    record Slot(int number, boolean audio, boolean video, Use use) {}

    /// A client with so few pairs shows whatever there is in any of them.
    private static final int PAIRS_WITHOUT_SHARES_MAX = 3;

    private final List<Slot> slots = new ArrayList<>();
    private final Limits limits;
    private int size;

    SlotPool(Limits limits) {
        this.limits = limits;
    }

    /// Takes over the sections of an offer: those that are known stay what they are for, but that a voice's slot
    /// becomes a tile's when it gets its picture; of a first offer the last pairs are for shares. Numbers may be
    /// left out, where a section was refused or is stopped; those above the limit stay empty.
    void resize(List<SlotSections> sections) {
        boolean first = slots.isEmpty();
        slots.replaceAll(slot -> new Slot(slot.number(), false, false, slot.use()));
        int pairs = (int) sections.stream().filter(s -> s.video() != null).count();
        int sharesFrom = first && pairs > PAIRS_WITHOUT_SHARES_MAX ? pairs - limits.shareSlots() : Integer.MAX_VALUE;
        int pair = 0;
        for (SlotSections section : sections) {
            boolean video = section.video() != null;
            Use use = !video ? Use.VOICE : pair >= sharesFrom ? Use.SHARE : Use.TILE;
            pair += video ? 1 : 0;
            if (section.slot() < limits.slotsMax()) {
                put(new Slot(section.slot(), section.audio() != null, video, use));
            }
        }
    }

    private void put(Slot offered) {
        for (int i = 0; i < slots.size(); i++) {
            Slot known = slots.get(i);
            if (known.number() == offered.number()) {
                Use use = known.use() == Use.VOICE && offered.video() ? Use.TILE : known.use();
                slots.set(i, new Slot(known.number(), offered.audio(), offered.video(), use));
                return;
            }
        }
        slots.add(offered);
        size = Math.max(size, offered.number() + 1);
    }

    List<Slot> slots() {
        return slots;
    }

    /// All numbers are below.
    int size() {
        return size;
    }
}
