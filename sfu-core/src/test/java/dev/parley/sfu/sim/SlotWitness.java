package dev.parley.sfu.sim;

import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.TrackId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the server told one viewer of its slots, against which each packet is judged: it must be of the source that was
/// in its slot when it was sent. A repair may still be of one that was there shortly before. One thread.
final class SlotWitness {
    private static final long REPAIR_NS = 3_000_000_000L;
    private static final int SHOWN_MAX = 10;

    /// One half of a slot, from `sinceNs` on.
    private record Stay(@Nullable TrackId track, long sinceNs) {}

    private final String name;
    private final Map<Integer, List<Stay>> bySlot = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    SlotWitness(String name) {
        this.name = name;
    }

    void told(SfuEvent.Slots slots, long nowNs) {
        for (SlotMapping mapping : slots.map()) {
            set(key(mapping.slot(), true), mapping.video(), nowNs);
            set(key(mapping.slot(), false), mapping.audio(), nowNs);
        }
    }

    private void set(int key, @Nullable TrackId track, long nowNs) {
        List<Stay> stays = bySlot.computeIfAbsent(key, _ -> new ArrayList<>());
        if (stays.isEmpty()
                ? track == null
                : track == null ? stays.getLast().track == null : track.equals(stays.getLast().track)) {
            return;
        }
        stays.removeIf(stay -> stay != stays.getLast() && nowNs - stay.sinceNs > 10 * REPAIR_NS);
        stays.add(new Stay(track, nowNs));
    }

    /// What is in a half of a slot now.
    @Nullable
    TrackId in(int slot, boolean video) {
        List<Stay> stays = bySlot.get(key(slot, video));
        return stays == null || stays.isEmpty() ? null : stays.getLast().track;
    }

    /// Since when; `Long.MAX_VALUE` for ever empty.
    long sinceNs(int slot, boolean video) {
        List<Stay> stays = bySlot.get(key(slot, video));
        return stays == null || stays.isEmpty() ? Long.MAX_VALUE : stays.getLast().sinceNs;
    }

    void judge(int slot, boolean video, @Nullable TrackId track, boolean repair, long sentNs) {
        long from = repair ? sentNs - REPAIR_NS : sentNs;
        List<Stay> stays = bySlot.getOrDefault(key(slot, video), List.of());
        for (int i = stays.size() - 1; i >= 0; i--) {
            Stay stay = stays.get(i);
            if (stay.sinceNs <= sentNs && track != null && track.equals(stay.track)) {
                return;
            }
            if (stay.sinceNs < from) {
                break;
            }
        }
        if (problems.size() < SHOWN_MAX) {
            problems.add("%s: %s%s in %s slot %d at %d, where %s were"
                    .formatted(
                            name, repair ? "repair of " : "", track, video ? "video" : "audio", slot, sentNs, stays));
        }
    }

    List<String> problems() {
        return problems;
    }

    private static int key(int slot, boolean video) {
        return slot * 2 + (video ? 1 : 0);
    }
}
