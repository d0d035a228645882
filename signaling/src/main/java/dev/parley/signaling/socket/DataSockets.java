package dev.parley.signaling.socket;

import dev.parley.sfu.api.SfuParticipant;
import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.rooms.DataPort;
import dev.parley.signaling.rooms.DataPorts;
import dev.parley.signaling.rooms.Seat;
import dev.parley.signaling.web.WebWatch;
import java.util.List;
import java.util.concurrent.Executor;

/// Takes the data channels of all places, each on one of some loops. Called on the timeline.
public final class DataSockets implements DataPorts {
    private final ChatRequests chat;
    private final MessageWriter writer;
    private final WebWatch watch;
    private final List<Executor> loops;
    private int opened;

    /// @param loops each runs one thing after the other
    public DataSockets(Chat chat, MessageWriter writer, WebWatch watch, List<Executor> loops) {
        this.chat = new ChatRequests(chat);
        this.writer = writer;
        this.watch = watch;
        this.loops = List.copyOf(loops);
    }

    @Override
    public DataPort open(Seat seat, SfuParticipant media) {
        Executor loop = loops.get(Math.floorMod(opened++, loops.size()));
        return new DataSocket(seat, media, chat, writer, watch, loop);
    }
}
