package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.packet.AbortChunk;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.ErrorCause;
import dev.parley.sfu.sctp.packet.PacketWriter;
import dev.parley.sfu.sctp.tx.SendQueue;
import java.util.ArrayDeque;
import java.util.List;

/// What all parts of one association share: its state, its send queue, and the ways out. One loop's thread.
final class Context {
    final SctpSettings settings;
    final Counters counters;
    final Rng rng;
    final ArrayDeque<SctpEvent> events = new ArrayDeque<>();
    SendQueue queue;
    State state = new State.Closed();
    private final SctpOutput output;
    private final PacketWriter writer;

    Context(SctpSettings settings, SctpOutput output, Counters counters, Rng rng) {
        this.settings = settings;
        this.output = output;
        this.counters = counters;
        this.rng = rng;
        writer = new PacketWriter(settings.packetBytes());
        queue = emptyQueue();
    }

    SendQueue emptyQueue() {
        return new SendQueue(
                settings.limits().sctpSendBytes(), stream -> event(new SctpEvent.BufferedAmountLow(stream)));
    }

    void event(SctpEvent event) {
        events.add(event);
    }

    /// The packet that is being put together.
    PacketWriter begin(int tag) {
        return writer.begin(settings.port(), settings.peerPort(), tag);
    }

    void emit(boolean withChecksum) {
        int length = writer.finish(withChecksum);
        if (length > 0) {
            counters.add(SfuCounter.SCTP_SENT);
            output.send(writer.array(), 0, length);
        }
    }

    void send(int tag, Chunk chunk) {
        begin(tag).add(chunk);
        emit(true);
    }

    void abort(int tag, SctpEnd.Reason reason, ErrorCause cause) {
        send(tag, new AbortChunk(false, List.of(cause)));
        end(reason, cause.text());
    }

    /// The first reason stays.
    void end(SctpEnd.Reason reason, String detail) {
        if (state instanceof State.Ended) {
            return;
        }
        SctpEnd end = new SctpEnd(reason, detail);
        state = new State.Ended(end);
        queue = emptyQueue();
        event(new SctpEvent.Ended(end));
    }

    /// A tag or a TSN that nobody can guess; 0 is no tag.
    int unpredictable() {
        int value = rng.nextInt();
        return value == 0 ? 1 : value;
    }
}
