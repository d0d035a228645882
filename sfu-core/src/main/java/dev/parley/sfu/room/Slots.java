package dev.parley.sfu.room;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.room.SlotPool.Slot;
import dev.parley.sfu.room.SlotPool.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
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

    /// How many slots this is in.
    int count(TrackSource source) {
        int count = 0;
        for (PublishedTrack track : source.video() ? video : audio) {
            count += track != null && track.source() == source ? 1 : 0;
        }
        return count;
    }

    /// @param tiles cameras wanted, most wanted first
    /// @param shares screens wanted
    /// @param voices microphones wanted, and no others, last heard first
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
        Predicate<Slot> quiet = slot -> {
            PublishedTrack voice = audioBefore[slot.number()];
            return voice == null || !voice.live() || silent.test(voice);
        };
        Predicate<Slot> vacant = slot -> {
            PublishedTrack shown = videoBefore[slot.number()];
            return quiet.test(slot) && (shown == null || !shares.contains(shown));
        };
        place(tiles, slots(Use.TILE, Slot::video), videoBefore, audioBefore, vacant);
        List<Slot> forShares = slots(Use.SHARE, Slot::video);
        place(shares, forShares.isEmpty() ? freeTiles(Slot::video) : forShares, videoBefore, audioBefore, vacant);
        pairVoices(voices);
        placeVoices(voices, audioBefore, quiet);
        return changed(videoBefore, audioBefore);
    }

    /// One person in the first slots that have picture and sound, nobody elsewhere.
    ///
    /// @return the slots that changed
    List<Integer> assignOne(@Nullable PublishedTrack picture, @Nullable PublishedTrack sound) {
        @Nullable PublishedTrack[] videoBefore = Arrays.copyOf(video, pool.size());
        @Nullable PublishedTrack[] audioBefore = Arrays.copyOf(audio, pool.size());
        video = new PublishedTrack[pool.size()];
        audio = new PublishedTrack[pool.size()];
        pool.slots().stream().filter(Slot::video).findFirst().ifPresent(slot -> video[slot.number()] = picture);
        pool.slots().stream().filter(Slot::audio).findFirst().ifPresent(slot -> audio[slot.number()] = sound);
        return changed(videoBefore, audioBefore);
    }

    /// Moves who is in a slot to one of the same use in which nobody is.
    ///
    /// @return both slots; none where there is no other
    List<Integer> move(int from) {
        for (Slot slot : pool.slots()) {
            if (slot.number() == from) {
                return move(slot);
            }
        }
        return List.of();
    }

    private List<Integer> move(Slot slot) {
        int from = slot.number();
        for (Slot other : slots(slot.use(), s -> s.video() == slot.video() && s.audio() == slot.audio())) {
            int to = other.number();
            if (video[to] == null && audio[to] == null) {
                video[to] = video[from];
                audio[to] = audio[from];
                video[from] = null;
                audio[from] = null;
                return List.of(from, to);
            }
        }
        return List.of();
    }

    private void place(
            List<PublishedTrack> wanted,
            List<Slot> slots,
            @Nullable PublishedTrack[] before,
            @Nullable PublishedTrack[] voices,
            Predicate<Slot> vacant) {
        List<PublishedTrack> rest = new ArrayList<>(wanted.subList(0, Math.min(wanted.size(), slots.size())));
        for (Slot slot : slots) {
            PublishedTrack kept = before[slot.number()];
            if (kept != null && rest.remove(kept)) {
                video[slot.number()] = kept;
            }
        }
        for (PublishedTrack track : rest) {
            video[freeFor(track, slots, voices, vacant).number()] = track;
        }
    }

    /// Where the person's own voice is, so that it need not move; else where nobody is; else where nobody would be cut
    /// off.
    private Slot freeFor(
            PublishedTrack track, List<Slot> slots, @Nullable PublishedTrack[] voices, Predicate<Slot> vacant) {
        List<Slot> free =
                slots.stream().filter(slot -> video[slot.number()] == null).toList();
        for (Slot slot : free) {
            PublishedTrack voice = voices[slot.number()];
            if (voice != null && voice.publisher() == track.publisher()) {
                return slot;
            }
        }
        for (Slot slot : free) {
            if (voices[slot.number()] == null && vacant.test(slot)) {
                return slot;
            }
        }
        return free.stream().filter(vacant).findFirst().orElseGet(free::getFirst);
    }

    /// The voice of whoever is in a slot, and the sound of a shared screen, belong beside the picture.
    private void pairVoices(List<PublishedTrack> voices) {
        for (Slot slot : pool.slots()) {
            PublishedTrack shown = video[slot.number()];
            if (shown != null && slot.audio()) {
                audio[slot.number()] =
                        shown.source().share() ? shown.publisher().screenAudio() : voiceOf(shown.publisher(), voices);
            }
        }
    }

    private static @Nullable PublishedTrack voiceOf(Member publisher, List<PublishedTrack> voices) {
        for (PublishedTrack voice : voices) {
            if (voice.publisher() == publisher) {
                return voice;
            }
        }
        return null;
    }

    /// Voices without a picture: first those that still sound where they are, then whoever was heard last. Who has a
    /// place stays in it.
    private void placeVoices(List<PublishedTrack> voices, @Nullable PublishedTrack[] before, Predicate<Slot> quiet) {
        List<Slot> slots = voiceSlots();
        SequencedSet<PublishedTrack> chosen = new LinkedHashSet<>();
        for (Slot slot : slots) {
            PublishedTrack voice = before[slot.number()];
            if (voice != null && voices.contains(voice) && !quiet.test(slot) && !placed(voice)) {
                chosen.add(voice);
            }
        }
        for (PublishedTrack voice : voices) {
            if (chosen.size() < slots.size() && !placed(voice)) {
                chosen.add(voice);
            }
        }
        for (Slot slot : slots) {
            PublishedTrack voice = before[slot.number()];
            if (voice != null && chosen.remove(voice)) {
                audio[slot.number()] = voice;
            }
        }
        for (Slot slot : slots) {
            if (audio[slot.number()] == null && !chosen.isEmpty()) {
                audio[slot.number()] = chosen.removeFirst();
            }
        }
    }

    private boolean placed(PublishedTrack voice) {
        return Arrays.asList(audio).contains(voice);
    }

    /// Where a voice without a picture may go: its own slots first, then those of tiles that nobody is in, then those
    /// beside the picture of somebody who is not heard.
    private List<Slot> voiceSlots() {
        List<Slot> usable = slots(Use.VOICE, Slot::audio);
        usable.addAll(freeTiles(Slot::audio).reversed());
        for (Slot slot : slots(Use.TILE, Slot::audio)) {
            if (video[slot.number()] != null && audio[slot.number()] == null) {
                usable.add(slot);
            }
        }
        return usable;
    }

    private List<Slot> freeTiles(Predicate<Slot> half) {
        List<Slot> free = slots(Use.TILE, half);
        free.removeIf(slot -> video[slot.number()] != null);
        return free;
    }

    /// @param half what the slot must have: picture, or sound
    private List<Slot> slots(Use use, Predicate<Slot> half) {
        List<Slot> of = new ArrayList<>();
        for (Slot slot : pool.slots()) {
            if (slot.use() == use && half.test(slot)) {
                of.add(slot);
            }
        }
        return of;
    }

    private List<Integer> changed(@Nullable PublishedTrack[] videoBefore, @Nullable PublishedTrack[] audioBefore) {
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < video.length; i++) {
            if (video[i] != videoBefore[i] || audio[i] != audioBefore[i]) {
                changed.add(i);
            }
        }
        return changed;
    }
}
