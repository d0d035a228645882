package dev.parley.signaling.rooms;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.signaling.model.Presence;
import java.util.ArrayList;
import java.util.List;

/// What the media engine says of a place, turned into what its owner and the others are told. On the timeline.
final class MediaEvents {
    private final Room room;
    private final DataEvents data;
    private final Announcer announcer;
    private final RoomsWatch watch;
    private final Timeline timeline;

    MediaEvents(Room room, DataEvents data, Announcer announcer, RoomsWatch watch, Timeline timeline) {
        this.room = room;
        this.data = data;
        this.announcer = announcer;
        this.watch = watch;
        this.timeline = timeline;
    }

    void on(Place place, SfuEvent event) {
        switch (event) {
            case SfuEvent.Connected connected -> connected(place, connected.path());
            case SfuEvent.Away _ -> away(place);
            case SfuEvent.Closed closed -> closed(place, closed.reason());
            case SfuEvent.Published published -> published(place, published);
            case SfuEvent.Slots slots -> slots(place, slots);
            case SfuEvent.Speakers speakers -> speakers(place, speakers);
            case SfuEvent.Undecodable dark -> place.tell(place.view.undecodable(dark));
            case SfuEvent.Layers layers -> place.tell(place.view.layers(layers));
            case SfuEvent.Paused paused -> place.tell(place.view.paused(paused));
            case SfuEvent.DataOpened opened -> data.opened(place, opened.label());
            case SfuEvent.DataReceived received -> data.received(place, received);
            case SfuEvent.DataReady ready -> data.ready(place, ready.label());
            case SfuEvent.DataClosed closed -> data.closed(place, closed.label());
            case SfuEvent.DataEnded ended -> data.ended(place, ended.reason());
            case SfuEvent.Heal heal -> place.tell(new RoomEvent.Heal(heal.slot(), heal.track(), heal.rung()));
            case SfuEvent.OfferWanted wanted ->
                place.tell(new RoomEvent.OfferWanted(wanted.audioSections(), wanted.videoSections()));
        }
    }

    private void connected(Place place, MediaPath path) {
        if (place.seen()) {
            watch.people(place.via, place.path, -1);
        } else {
            place.deadline(Timeline.Cancel.NOTHING);
            watch.joinedIn((timeline.nowNs() - place.askedNs) / 1e9);
            if (place.member != null) {
                place.member.connected();
            }
        }
        watch.people(place.via, path, 1);
        place.presence = Presence.CONNECTED;
        place.path = path;
        announcer.changed(place);
        room.talk().seen(place);
    }

    private void away(Place place) {
        if (place.presence == Presence.CONNECTED) {
            place.presence = Presence.AWAY;
            announcer.changed(place);
        }
    }

    private void closed(Place place, CloseReason reason) {
        switch (reason) {
            case LEFT -> room.leave(place);
            case REPLACED -> room.evict(place, MoveReason.REPLACED, LeaveReason.REPLACED, reason);
            case REMOVED, ROOM_CLOSED -> room.evict(place, MoveReason.REMOVED, LeaveReason.REMOVED, reason);
            case SHUTDOWN -> room.evict(place, MoveReason.DRAINING, LeaveReason.LEFT, reason);
            case LOST, HANDSHAKE_FAILED, FINGERPRINT_MISMATCH, INTERNAL_ERROR -> {
                if (place.seen()) {
                    away(place);
                    room.transportLost(place, reason);
                } else {
                    room.fail(place, reason);
                }
            }
        }
    }

    private void published(Place place, SfuEvent.Published event) {
        place.view.published(event.tracks());
        if (place.seen()) {
            announcer.changed(place);
        }
    }

    private void slots(Place place, SfuEvent.Slots event) {
        List<ParticipantId> shown = new ArrayList<>();
        for (SlotMapping mapping : event.map()) {
            if (mapping.participant() != null) {
                shown.add(mapping.participant());
            }
        }
        announcer.mention(shown);
        place.tell(place.view.slots(event));
    }

    private void speakers(Place place, SfuEvent.Speakers event) {
        announcer.mention(event.speaking());
        place.tell(place.view.speakers(event));
    }
}
