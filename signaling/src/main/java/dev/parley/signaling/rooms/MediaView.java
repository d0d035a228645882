package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the media engine last told one participant, kept so that a new socket of the same place can be told it again.
/// On the timeline.
final class MediaView {
    private final Map<Integer, SlotMapping> slots = new TreeMap<>();
    private final Map<Integer, RoomEvent.Undecodable> dark = new TreeMap<>();
    private final Map<Integer, RoomEvent.Paused> paused = new TreeMap<>();
    private final Map<TrackId, RoomEvent.Layers> layers = new LinkedHashMap<>();
    private List<ParticipantId> speaking = List.of();
    private List<TrackInfo> tracks = List.of();

    List<TrackInfo> tracks() {
        return tracks;
    }

    void published(List<TrackInfo> now) {
        tracks = List.copyOf(now);
        layers.keySet().removeIf(id -> now.stream().noneMatch(t -> t.id().equals(id)));
    }

    RoomEvent.Slots slots(SfuEvent.Slots event) {
        for (SlotMapping mapping : event.map()) {
            slots.put(mapping.slot(), mapping);
            RoomEvent.Undecodable was = dark.get(mapping.slot());
            if (was != null && !was.track().equals(mapping.video())) {
                dark.remove(mapping.slot());
            }
            RoomEvent.Paused still = paused.get(mapping.slot());
            if (still != null && !still.track().equals(mapping.video())) {
                paused.remove(mapping.slot());
            }
        }
        return new RoomEvent.Slots(List.copyOf(event.map()));
    }

    RoomEvent.Speakers speakers(SfuEvent.Speakers event) {
        speaking = List.copyOf(event.speaking());
        return new RoomEvent.Speakers(speaking);
    }

    RoomEvent.Undecodable undecodable(SfuEvent.Undecodable event) {
        var told = new RoomEvent.Undecodable(event.slot(), event.track(), event.codec());
        dark.put(event.slot(), told);
        return told;
    }

    RoomEvent.Paused paused(SfuEvent.Paused event) {
        var told = new RoomEvent.Paused(event.slot(), event.track(), event.paused());
        if (event.paused()) {
            paused.put(event.slot(), told);
        } else {
            paused.remove(event.slot());
        }
        return told;
    }

    RoomEvent.Layers layers(SfuEvent.Layers event) {
        var source = tracks.stream().filter(t -> t.id().equals(event.track())).findFirst();
        var told = new RoomEvent.Layers(
                event.track(), source.map(TrackInfo::source).orElse(null), List.copyOf(event.active()));
        layers.put(event.track(), told);
        return told;
    }

    void replay(Consumer<RoomEvent> to) {
        if (!slots.isEmpty()) {
            to.accept(new RoomEvent.Slots(new ArrayList<>(slots.values())));
        }
        layers.values().forEach(to);
        dark.values().forEach(to);
        paused.values().forEach(to);
        if (!speaking.isEmpty()) {
            to.accept(new RoomEvent.Speakers(speaking));
        }
    }
}
