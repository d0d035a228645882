package dev.parley.signaling.socket;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.rooms.JoinCommand;
import dev.parley.signaling.web.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of messages as the rooms want them; what they cannot be is a `Refusal` that names the field.
final class Requests {
    private Requests() {}

    static JoinCommand command(ClientMessage.Join join, Origin origin) {
        List<AnnouncedTrack> tracks = join.tracks() == null
                ? List.of()
                : join.tracks().stream()
                        .map(track -> new AnnouncedTrack(
                                track.mid(), source(track.source()), Boolean.TRUE.equals(track.muted())))
                        .toList();
        return new JoinCommand(
                RoomName.of(join.room()),
                DisplayName.of(join.name()),
                Via.WEB,
                join.device(),
                join.resume(),
                Boolean.TRUE.equals(join.replace()),
                null,
                join.offer(),
                tracks,
                origin.literal());
    }

    static List<ViewedTile> tiles(List<ClientMessage.Tile> tiles) {
        return tiles.stream()
                .map(tile -> new ViewedTile(
                        new ParticipantId(tile.participant()),
                        source(tile.source()),
                        tile.width(),
                        tile.height(),
                        Boolean.TRUE.equals(tile.pinned()),
                        Boolean.TRUE.equals(tile.hidden())))
                .toList();
    }

    static List<SlotReport> reports(List<ClientMessage.SlotSeen> slots) {
        return slots.stream()
                .map(seen -> new SlotReport(seen.slot(), half(seen.video()), half(seen.audio())))
                .toList();
    }

    private static SlotReport.@Nullable Half half(ClientMessage.@Nullable Decoded seen) {
        return seen == null ? null : new SlotReport.Half(seen.decoded(), state(seen.state()));
    }

    private static SlotReport.State state(String wireName) {
        for (SlotReport.State state : SlotReport.State.values()) {
            if (state.wireName().equals(wireName)) {
                return state;
            }
        }
        throw new Refusal(RefusalCode.BAD_MESSAGE, "state: playing, hidden, paused or blocked");
    }

    static long cap(ClientMessage.View view) {
        Long cap = view.cap();
        return cap == null ? SfuParticipant.NO_CAP : cap;
    }

    static TrackSource source(String wireName) {
        for (TrackSource source : TrackSource.values()) {
            if (source.wireName().equals(wireName)) {
                return source;
            }
        }
        throw new Refusal(RefusalCode.BAD_MESSAGE, "source: microphone, camera, screen or screen-audio");
    }

    static long cursor(ClientMessage.People people) {
        return people.after() == null ? 0 : Long.parseLong(people.after());
    }
}
