package dev.parley.sfu.room;

import dev.parley.sfu.room.SlotPool.Slot;
import dev.parley.sfu.room.SlotPool.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who is in which slot of one viewer. Whoever has a slot keeps it as long as it is wanted; picture and voice of one
/// person go into the same slot; a voice gives its slot up to another only when it is silent. Lives on the room's loop.
final class Slots {
    private final SlotPool pool;
    private @Nullable PublishedTrack[] video = {};
    private @Nullable PublishedTrack[] audio = {};

    Slots(SlotPool pool) {
        this.pool = pool;
    }

    @Nullable
    PublishedTrack video(int slot) {
        return slot < video.length ? video[slot] : null;
    }

    @Nullable
    PublishedTrack audio(int slot) {
        return slot < audio.length ? audio[slot] : null;
    }

    /// @param tiles cameras wanted, most wanted first
    /// @param shares screens wanted
    /// @param voices microphones wanted, last heard first
    /// @param silent whether a voice has been silent long enough to lose its slot
    /// @return the slots that changed
    List<Integer> assign(
            List<PublishedTrack> tiles,
            List<PublishedTrack> shares,
            List<PublishedTrack> voices,
            Predicate<PublishedTrack> silent) {
        @Nullable PublishedTrack[] videoBefore = Arrays.copyOf(video, pool.size());
        @Nullable PublishedTrack[] audioBefore = Arrays.copyOf(audio, pool.size());
        video = new PublishedTrack[pool.size()];
        audio = new PublishedTrack[pool.size()];
        place(tiles, Use.TILE, videoBefore);
        place(shares, Use.SHARE, videoBefore);
        placeLeftOver(shares);
        pairVoices(voices);
        keepVoices(voices, audioBefore, silent);
        placeVoices(voices);
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < video.length; i++) {
            if (video[i] != videoBefore[i] || audio[i] != audioBefore[i]) {
                changed.add(i);
            }
        }
        return changed;
    }

    private void place(List<PublishedTrack> wanted, Use use, @Nullable PublishedTrack[] before) {
        List<PublishedTrack> rest = new ArrayList<>(wanted.subList(0, Math.min(wanted.size(), count(use))));
        for (Slot slot : pool.slots()) {
            PublishedTrack kept = before[slot.number()];
            if (slot.use() == use && kept != null && rest.remove(kept)) {
                video[slot.number()] = kept;
            }
        }
        fill(rest, slot -> slot.use() == use);
    }

    /// A client without slots for shares sees them where no tile is.
    private void placeLeftOver(List<PublishedTrack> shares) {
        if (count(Use.SHARE) == 0) {
            fill(shares, Slot::video);
        }
    }

    private void fill(List<PublishedTrack> wanted, Predicate<Slot> fits) {
        int next = 0;
        for (Slot slot : pool.slots()) {
            if (next < wanted.size() && fits.test(slot) && video[slot.number()] == null) {
                video[slot.number()] = wanted.get(next++);
            }
        }
    }

    /// The voice of whoever is in a slot, and the sound of a shared screen, belong beside the picture.
    private void pairVoices(List<PublishedTrack> voices) {
        for (Slot slot : pool.slots()) {
            PublishedTrack shown = video[slot.number()];
            if (shown != null && slot.audio()) {
                audio[slot.number()] = shown.source().share()
                        ? shown.publisher().screenAudio()
                        : find(voices, voice -> voice.publisher() == shown.publisher());
            }
        }
    }

    /// Voices without a picture stay where they were, unless they are silent and somebody waits.
    private void keepVoices(
            List<PublishedTrack> voices, @Nullable PublishedTrack[] before, Predicate<PublishedTrack> silent) {
        int waiting = 0;
        for (PublishedTrack voice : voices) {
            waiting += indexOf(before, voice) < 0 && indexOf(audio, voice) < 0 ? 1 : 0;
        }
        int free = 0;
        for (Slot slot : voiceSlots()) {
            free += before[slot.number()] == null ? 1 : 0;
        }
        int toFree = waiting - free;
        for (Slot slot : voiceSlots().reversed()) {
            PublishedTrack voice = before[slot.number()];
            if (voice == null || !voice.live() || indexOf(audio, voice) >= 0) {
                continue;
            }
            boolean wanted = voices.contains(voice);
            boolean needed = wanted && toFree <= 0;
            if (needed || !silent.test(voice)) {
                audio[slot.number()] = voice;
            } else {
                toFree--;
            }
        }
    }

    private void placeVoices(List<PublishedTrack> voices) {
        List<Slot> free = voiceSlots().stream()
                .filter(slot -> audio[slot.number()] == null)
                .toList();
        int next = 0;
        for (PublishedTrack voice : voices) {
            if (next < free.size() && indexOf(audio, voice) < 0) {
                audio[free.get(next++).number()] = voice;
            }
        }
    }

    /// Where a voice without a picture may go: its own slots first, then those of tiles that nobody is in.
    private List<Slot> voiceSlots() {
        List<Slot> usable = new ArrayList<>();
        for (Slot slot : pool.slots()) {
            if (slot.use() == Use.VOICE) {
                usable.add(slot);
            }
        }
        for (Slot slot : pool.slots().reversed()) {
            if (slot.use() == Use.TILE && slot.audio() && video[slot.number()] == null) {
                usable.add(slot);
            }
        }
        return usable;
    }

    private int count(Use use) {
        return (int) pool.slots().stream()
                .filter(slot -> slot.video() && slot.use() == use)
                .count();
    }

    private static int indexOf(@Nullable PublishedTrack[] in, PublishedTrack track) {
        return Arrays.asList(in).indexOf(track);
    }

    private static @Nullable PublishedTrack find(List<PublishedTrack> in, Predicate<PublishedTrack> test) {
        return in.stream().filter(test).findFirst().orElse(null);
    }
}
