package dev.parley.bench.data;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.DataChannels;
import dev.parley.sfu.sctp.MessageKind;
import dev.parley.sfu.sctp.SctpEnd;
import dev.parley.sfu.sctp.SctpSettings;
import dev.parley.sfu.sctp.SendResult;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Two ends of data channels with nothing between them but memory and a clock that moves with the packets: what SCTP
/// costs without DTLS and without sockets. One thread.
public final class MemoryPair {
    private static final long HOP_NS = 10_000;
    private static final int IDLE_PACKETS_MAX = 4_096;

    private final PacketPool packets = new PacketPool(IDLE_PACKETS_MAX);
    private final SctpSettings settings = SctpSettings.of(Limits.defaults());
    private final End alice = new End(true);
    private final End bob = new End(false);
    private final DataChannel channel;
    private long nowNs = HOP_NS;

    public MemoryPair() {
        alice.other = bob;
        bob.other = alice;
        alice.channels.connect(nowNs);
        settle();
        channel = Objects.requireNonNull(alice.channels.open(ChannelOptions.of("bench"), nowNs));
        settle();
    }

    /// Messages that have come whole, so far.
    public long received() {
        return bob.messages;
    }

    /// As many messages as given, each the same bytes, from the first call of `send` to the last one's acknowledgement.
    public void transfer(Payload payload, int count) {
        long wanted = bob.messages + count;
        int left = count;
        while (bob.messages < wanted || alice.channels.heldBytes() > 0) {
            while (left > 0
                    && channel.buffered() < Outgoing.WAITING_BYTES_MAX
                    && channel.send(MessageKind.BINARY, payload, nowNs) == SendResult.QUEUED) {
                left--;
            }
            if (!exchange()) {
                sleep();
            }
        }
    }

    private void settle() {
        while (exchange()) {}
    }

    /// What is under way arrives, once in each direction; false when nothing was.
    private boolean exchange() {
        nowNs += HOP_NS;
        return bob.read() | alice.read();
    }

    /// Nobody says anything before a timer runs out.
    private void sleep() {
        nowNs = Math.max(nowNs, Math.min(alice.channels.nextTimeNs(), bob.channels.nextTimeNs()));
        alice.channels.onTime(nowNs);
        bob.channels.onTime(nowNs);
    }

    private final class End implements DataChannelListener {
        private final ArrayDeque<Packet> inbox = new ArrayDeque<>();
        private final DataChannels channels;
        private @Nullable End other;
        private long messages;

        End(boolean dtlsClient) {
            channels = new DataChannels(
                    settings, dtlsClient, this::send, this, new Counters(), Rng.seeded(dtlsClient ? 1 : 2));
        }

        private void send(byte[] array, int offset, int length) {
            Packet packet = packets.take();
            packet.copyFrom(array, offset, length);
            Objects.requireNonNull(other).inbox.add(packet);
        }

        boolean read() {
            boolean any = !inbox.isEmpty();
            for (@Nullable Packet p = inbox.poll(); p != null; p = inbox.poll()) {
                channels.receive(p.array(), 0, p.length(), nowNs);
                p.release();
            }
            return any;
        }

        @Override
        public void message(DataChannel from, MessageKind kind, byte[] bytes) {
            messages++;
        }

        @Override
        public void ended(SctpEnd end) {
            throw new IllegalStateException("nothing was lost, and yet: " + end);
        }

        @Override
        public void peerStuck() {}
    }
}
