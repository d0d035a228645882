package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The data channels of one peer on one association ([RFC 8831](https://www.rfc-editor.org/rfc/rfc8831),
/// [RFC 8832](https://www.rfc-editor.org/rfc/rfc8832)): what an owner usually holds. Packets and time in, packets and
/// calls of a listener out. One loop's thread.
public final class DataChannels {
    private static final byte[] ONE_ZERO = {0};

    private final SctpAssociation association;
    private final DataChannelListener listener;
    private final Counters counters;
    private final Limits limits;
    private final int firstOwnId;
    private final TreeMap<Integer, DataChannel> channels = new TreeMap<>();

    /// Streams that were refused to the peer, until it knows.
    private final BitSet refused = new BitSet();

    private int streams;
    private int nextOwnId;
    private boolean streamsKnown;
    private boolean telling;

    /// @param dtlsClient decides whose ids are even: the client's
    public DataChannels(
            SctpSettings settings,
            boolean dtlsClient,
            SctpOutput output,
            DataChannelListener listener,
            Counters counters,
            Rng rng) {
        association = new SctpAssociation(settings, output, counters, rng);
        this.listener = listener;
        this.counters = counters;
        limits = settings.limits();
        firstOwnId = dtlsClient ? 0 : 1;
        nextOwnId = firstOwnId;
        streams = limits.sctpStreams();
    }

    // ---- what goes in ----

    /// Begins the association unless the peer does.
    public void connect(long nowNs) {
        association.connect(nowNs);
        tell(nowNs);
    }

    /// One packet, whose bytes are the caller's again after the call.
    public void receive(byte[] array, int offset, int length, long nowNs) {
        association.receive(array, offset, length, nowNs);
        tell(nowNs);
    }

    public long nextTimeNs() {
        return association.nextTimeNs();
    }

    public void onTime(long nowNs) {
        association.onTime(nowNs);
        tell(nowNs);
    }

    /// Ends when all that waits has arrived.
    public void shutdown(long nowNs) {
        association.shutdown(nowNs);
        tell(nowNs);
    }

    /// Ends at once.
    public void abort(String why, long nowNs) {
        association.abort(why);
        tell(nowNs);
    }

    // ---- channels ----

    /// Asks the peer for a channel; messages may be sent right away. Null when there are too many, or no room.
    public @Nullable DataChannel open(ChannelOptions options, long nowNs) {
        int id = freeId();
        DataChannel channel = add(id, options);
        if (channel == null) {
            return null;
        }
        channel.asked = true;
        Payload open = Payload.of(Dcep.open(options));
        SendResult result = association.send(id, Dcep.PPID, open, Reliability.reliable(true), nowNs);
        if (result != SendResult.QUEUED) {
            channels.remove(id);
            return null;
        }
        tell(nowNs);
        return channel;
    }

    /// The one that has rested longest: where answers get lost, the peer may not be done with the last ones. Out of
    /// range
    /// when none is free.
    private int freeId() {
        int id = nextOwnId;
        for (int tried = 0; tried < streams && isTaken(id); tried++) {
            id = after(id);
        }
        nextOwnId = after(id);
        return isTaken(id) ? streams : id;
    }

    private int after(int id) {
        return id + 2 < streams ? id + 2 : firstOwnId;
    }

    private boolean isTaken(int id) {
        return channels.containsKey(id) || refused.get(id);
    }

    /// A channel whose id both sides know without asking. Null when that is taken, or out of range.
    public @Nullable DataChannel negotiated(int id, ChannelOptions options, long nowNs) {
        if (id < 0 || isTaken(id)) {
            return null;
        }
        DataChannel channel = add(id, options);
        if (channel != null && association.isEstablished()) {
            opened(channel);
            tell(nowNs);
        }
        return channel;
    }

    private @Nullable DataChannel add(int id, ChannelOptions options) {
        if (id >= streams || isFull()) {
            counters.add(SfuCounter.LIMIT_DATA_CHANNELS);
            return null;
        }
        DataChannel channel = new DataChannel(this, id, options);
        channels.put(id, channel);
        association.priority(id, options.priority());
        return channel;
    }

    /// One that is being closed does not count: the peer may be done with it already. The streams limit those.
    private boolean isFull() {
        long inUse = channels.values().stream()
                .filter(channel -> channel.state != DataChannel.State.CLOSING)
                .count();
        return inUse >= limits.dataChannels();
    }

    /// Those that are not closed, by id.
    public List<DataChannel> channels() {
        return List.copyOf(channels.values());
    }

    public boolean isConnected() {
        return association.isEstablished();
    }

    /// Bytes of all channels that have not left yet.
    public long buffered() {
        return association.buffered();
    }

    /// Memory of all messages that have not arrived yet, as far as is known.
    public long heldBytes() {
        return association.heldBytes();
    }

    SendResult send(DataChannel channel, MessageKind kind, Payload payload, long nowNs) {
        if (channel.state != DataChannel.State.OPEN && channel.state != DataChannel.State.OPENING) {
            return SendResult.CLOSED;
        }
        boolean empty = payload.length() == 0;
        Payload sent = empty ? Payload.of(ONE_ZERO) : payload;
        SendResult result = association.send(channel.id(), kind.ppid(empty), sent, channel.reliabilityNow(), nowNs);
        if (result == SendResult.QUEUED) {
            counters.add(SfuCounter.DATA_MESSAGES_OUT);
        }
        tell(nowNs);
        return result;
    }

    long buffered(DataChannel channel) {
        return association.buffered(channel.id());
    }

    void lowThreshold(DataChannel channel, long bytes) {
        association.lowThreshold(channel.id(), bytes);
    }

    void close(DataChannel channel, long nowNs) {
        if (channel.state == DataChannel.State.OPEN || channel.state == DataChannel.State.OPENING) {
            channel.state = DataChannel.State.CLOSING;
            reset(channel, nowNs);
            tell(nowNs);
        }
    }

    /// Before there is an association this waits for it.
    private void reset(DataChannel channel, long nowNs) {
        if (streamsKnown) {
            channel.incomingReset |= !association.canReset();
            association.resetStream(channel.id(), nowNs);
        }
    }

    // ---- what the association says ----

    /// Tells the listener all there is to tell; what it does in answer is told in the same turn.
    private void tell(long nowNs) {
        if (telling) {
            return;
        }
        telling = true;
        try {
            for (@Nullable SctpEvent e = association.poll(); e != null; e = association.poll()) {
                on(e, nowNs);
            }
        } finally {
            telling = false;
        }
    }

    private void on(SctpEvent event, long nowNs) {
        switch (event) {
            case SctpEvent.Established up -> established(up.outgoingStreams(), nowNs);
            case SctpEvent.Message m -> message(m, nowNs);
            case SctpEvent.IncomingReset reset -> incomingReset(reset.stream(), nowNs);
            case SctpEvent.OutgoingReset reset -> outgoingReset(reset.stream());
            case SctpEvent.BufferedAmountLow low -> low(low.stream());
            case SctpEvent.PeerStuck _ -> listener.peerStuck();
            case SctpEvent.Restarted _ -> closeAll();
            case SctpEvent.Ended ended -> {
                closeAll();
                listener.ended(ended.end());
            }
        }
    }

    private void established(int outgoingStreams, long nowNs) {
        streams = outgoingStreams;
        streamsKnown = true;
        listener.connected();
        for (DataChannel channel : channels()) {
            if (channel.id() >= streams) {
                closed(channel);
            } else if (channel.state == DataChannel.State.CLOSING) {
                reset(channel, nowNs);
            } else if (!channel.asked) {
                opened(channel);
            }
        }
    }

    private void opened(DataChannel channel) {
        channel.asked = false;
        if (channel.state == DataChannel.State.OPENING) {
            channel.state = DataChannel.State.OPEN;
            listener.opened(channel);
        }
    }

    private void message(SctpEvent.Message m, long nowNs) {
        DataChannel channel = channels.get(m.stream());
        if (m.ppid() == Dcep.PPID) {
            dcep(m, channel, nowNs);
            return;
        }
        MessageKind kind = MessageKind.TEXT.has(m.ppid()) ? MessageKind.TEXT : MessageKind.BINARY;
        if (channel == null || !kind.has(m.ppid())) {
            counters.add(SfuCounter.SCTP_UNEXPECTED);
            return;
        }
        opened(channel);
        counters.add(SfuCounter.DATA_MESSAGES_IN);
        listener.message(channel, kind, kind.isEmpty(m.ppid()) ? new byte[0] : m.bytes());
    }

    private void dcep(SctpEvent.Message m, @Nullable DataChannel known, long nowNs) {
        if (Dcep.isAck(m.bytes()) && known != null) {
            opened(known);
            return;
        }
        DataChannel channel = startsAnew(m.stream(), known) ? null : known;
        ChannelOptions options = Dcep.parseOpen(m.bytes(), limits.dataChannelNameBytes());
        boolean theirs = (m.stream() & 1) != firstOwnId;
        if (channel != null) {
            counters.add(SfuCounter.DATA_CHANNEL_REFUSED);
            close(channel, nowNs);
        } else if (options == null || !theirs || refused.get(m.stream())) {
            refuse(m.stream(), nowNs);
        } else {
            accept(m.stream(), options, nowNs);
        }
    }

    /// Whoever opens a channel on a stream again has reset it as it was asked to, though its answer is not here.
    private boolean startsAnew(int stream, @Nullable DataChannel known) {
        boolean closing =
                known == null ? refused.get(stream) : known.state == DataChannel.State.CLOSING && known.incomingReset;
        if (closing && association.wasReset(stream)) {
            outgoingReset(stream);
            return true;
        }
        return false;
    }

    private void accept(int id, ChannelOptions options, long nowNs) {
        DataChannel channel = add(id, options);
        if (channel == null) {
            refuse(id, nowNs);
            return;
        }
        SendResult result = association.send(id, Dcep.PPID, Payload.of(Dcep.ack()), Reliability.reliable(true), nowNs);
        if (result == SendResult.QUEUED) {
            opened(channel);
        } else {
            channels.remove(id);
            refuse(id, nowNs);
        }
    }

    private void refuse(int stream, long nowNs) {
        counters.add(SfuCounter.DATA_CHANNEL_REFUSED);
        if (stream < streams && !refused.get(stream)) {
            refused.set(stream);
            association.resetStream(stream, nowNs);
        }
    }

    private void incomingReset(int stream, long nowNs) {
        DataChannel channel = channels.get(stream);
        if (channel != null) {
            channel.incomingReset = true;
            if (channel.state == DataChannel.State.CLOSING) {
                closeWhenReset(channel);
            } else {
                close(channel, nowNs);
            }
        }
    }

    private void outgoingReset(int stream) {
        refused.clear(stream);
        DataChannel channel = channels.get(stream);
        if (channel != null && channel.state == DataChannel.State.CLOSING) {
            channel.outgoingReset = true;
            closeWhenReset(channel);
        }
    }

    private void closeWhenReset(DataChannel channel) {
        if (channel.incomingReset && channel.outgoingReset) {
            closed(channel);
        }
    }

    private void closed(DataChannel channel) {
        channels.remove(channel.id());
        channel.state = DataChannel.State.CLOSED;
        listener.closed(channel);
    }

    private void closeAll() {
        refused.clear();
        for (DataChannel channel : channels()) {
            closed(channel);
        }
    }

    private void low(int stream) {
        DataChannel channel = channels.get(stream);
        if (channel != null && channel.state != DataChannel.State.CLOSING) {
            listener.bufferedAmountLow(channel);
        }
    }
}
