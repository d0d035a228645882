package dev.parley.signaling.rooms;

import dev.parley.sfu.api.SfuEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the media engine says of a place's data channels. Whenever another way than before carries what is said in the
/// room, the first thing told on it is how far the room is: what was on the former way may never come. On the timeline.
final class DataEvents {
    private static final Logger LOG = LoggerFactory.getLogger(DataEvents.class);

    private final Room room;
    private final DataPorts ports;

    DataEvents(Room room, DataPorts ports) {
        this.room = room;
        this.ports = ports;
    }

    /// Only pages read and write messages.
    void opened(Place place, String label) {
        if (!place.resumable()) {
            return;
        }
        DataPort port = place.data.port();
        place.data.opened(port == null ? ports.open(room.dataSeat(place), place.transport()) : port, label);
        if (label.equals(DataPort.CHAT)) {
            moved(place);
        }
    }

    void received(Place place, SfuEvent.DataReceived message) {
        DataPort port = place.data.port();
        boolean ours = message.label().equals(DataPort.CHAT) || message.label().equals(DataPort.LIVE);
        if (port != null && ours) {
            port.received(message.label(), message.text(), message.bytes());
        }
    }

    /// The channel took nothing of what was sent.
    void full(Place place, String label) {
        if (label.equals(DataPort.CHAT) && place.data.carriesChat()) {
            place.data.full(true);
            moved(place);
        }
    }

    void ready(Place place, String label) {
        boolean before = place.data.carriesChat();
        if (label.equals(DataPort.CHAT)) {
            place.data.full(false);
        }
        if (place.data.carriesChat() != before) {
            moved(place);
        }
    }

    void closed(Place place, String label) {
        boolean before = place.data.carriesChat();
        place.data.closed(label);
        if (before && !place.data.carriesChat()) {
            moved(place);
        }
    }

    void ended(Place place, String reason) {
        LOG.info("data channels of {} ended: {}", place.id, reason);
        if (place.resumable()) {
            place.tell(new RoomEvent.DataEnded(reason));
        }
    }

    /// The transport is gone, and all channels with it.
    void lost(Place place) {
        boolean before = place.data.carriesChat();
        place.data.lost();
        if (before) {
            moved(place);
        }
    }

    /// A new socket knows how far the room is, but not that a way that the client may know of has ended.
    void resumed(Place place) {
        if (place.data.turn() > 0 && !place.data.carriesChat()) {
            moved(place);
        }
    }

    private void moved(Place place) {
        place.tell(new RoomEvent.ChatHere(
                place.data.nextTurn(),
                room.head().history(),
                place.chatTold,
                room.talk().handsNow().up()));
    }
}
