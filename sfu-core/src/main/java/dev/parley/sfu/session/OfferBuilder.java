package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import java.util.ArrayList;
import java.util.List;

/// Lists the sections that a client of ours offers: its senders, and a pool of slots to receive in. Slots are numbered
/// by kind, so that the k-th audio and the k-th video that receive are one slot, as the answering side counts them.
public final class OfferBuilder {
    private final List<OfferedSection> sections = new ArrayList<>();
    private int audioSlots;
    private int videoSlots;

    /// What our page offers first.
    public static OfferBuilder page(Limits limits) {
        return new OfferBuilder()
                .microphone()
                .camera("q", "h", "f")
                .screen()
                .pairs(limits.tileSlots() + limits.shareSlots())
                .voices(limits.voiceSlots());
    }

    public OfferBuilder microphone() {
        return sender(TrackSource.MICROPHONE);
    }

    /// @param rids of the encodings from low to high; none for a single one
    public OfferBuilder camera(String... rids) {
        return sender(TrackSource.CAMERA, rids);
    }

    /// The screen with its sound.
    public OfferBuilder screen() {
        return sender(TrackSource.SCREEN).sender(TrackSource.SCREEN_AUDIO);
    }

    /// Slots with picture and sound.
    public OfferBuilder pairs(int count) {
        for (int i = 0; i < count; i++) {
            sections.add(OfferedSection.receiver(MediaKind.AUDIO, audioSlots++));
            sections.add(OfferedSection.receiver(MediaKind.VIDEO, videoSlots++));
        }
        return this;
    }

    /// Slots with sound alone, as long as no more pictures are added.
    public OfferBuilder voices(int count) {
        for (int i = 0; i < count; i++) {
            sections.add(OfferedSection.receiver(MediaKind.AUDIO, audioSlots++));
        }
        return this;
    }

    /// The sections added since the last call: the first time all, later those that a grown pool has more.
    public List<OfferedSection> take() {
        List<OfferedSection> taken = List.copyOf(sections);
        sections.clear();
        return taken;
    }

    private OfferBuilder sender(TrackSource source, String... rids) {
        sections.add(OfferedSection.sender(source, List.of(rids)));
        return this;
    }
}
