package dev.parley.bench.data;

import dev.parley.bench.synth.Participant;
import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.MessageKind;
import dev.parley.sfu.sctp.SctpEnd;
import dev.parley.sfu.sctp.SendResult;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The client's end of a channel: keeps it full while there is something to send, as a page does with
/// `bufferedAmountLow`. On the participants' loop.
final class ClientEnd implements DataChannelListener {
    private @Nullable Participant participant;
    private @Nullable DataChannel channel;
    private Outgoing outgoing = Outgoing.nothing();
    private Arrivals arrivals = new Arrivals(0, 0);

    /// Once, before anything else.
    void open(Participant owner, String label) {
        participant = owner;
        channel = owner.data().open(ChannelOptions.of(label), owner.nowNs());
        Objects.requireNonNull(channel).lowThreshold(Outgoing.WAITING_BYTES_MAX / 2);
    }

    void expect(Arrivals next) {
        arrivals = next;
    }

    void send(Outgoing messages) {
        outgoing = messages;
        pump();
    }

    private void pump() {
        DataChannel to = Objects.requireNonNull(channel);
        long nowNs = Objects.requireNonNull(participant).nowNs();
        while (outgoing.more() && to.buffered() < Outgoing.WAITING_BYTES_MAX) {
            Payload payload = new Payload(outgoing.shared(), outgoing.own());
            if (to.send(MessageKind.BINARY, payload, nowNs) != SendResult.QUEUED) {
                throw new IllegalStateException("a client that holds megabytes had no room");
            }
            outgoing.taken();
        }
    }

    @Override
    public void message(DataChannel from, MessageKind kind, byte[] bytes) {
        arrivals.came(bytes);
    }

    @Override
    public void bufferedAmountLow(DataChannel low) {
        pump();
    }

    @Override
    public void ended(SctpEnd end) {
        arrivals.broken("the client's association ended: " + end);
    }

    @Override
    public void peerStuck() {}
}
