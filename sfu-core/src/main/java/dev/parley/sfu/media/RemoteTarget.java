package dev.parley.sfu.media;

import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.Packet;
import java.util.Arrays;

/// Subscribers on another loop: packets are gathered while the publisher's turn lasts and handed over as one command at
/// its end, one reference a packet however many subscribers there are.
final class RemoteTarget implements FanoutTarget {
    private static final int FIRST_CAPACITY = 32;

    private final Loop owner;
    private final TrackFeed feed;
    private final Runnable handOver = this::handOver;
    private Batch batch = new Batch(FIRST_CAPACITY);

    RemoteTarget(Loop owner, TrackFeed feed) {
        this.owner = owner;
        this.feed = feed;
    }

    @Override
    public void forward(Packet packet, int encoding, long seqIndex, long nowNs) {
        packet.retain();
        if (batch.size == 0) {
            owner.atEndOfTurn(handOver);
        }
        batch.add(packet, encoding, seqIndex);
        batch.nowNs = nowNs;
    }

    @Override
    public void formatChanged(TrackFormat format) {
        handOver();
        feed.loop().post(() -> feed.formatChanged(format));
    }

    @Override
    public void senderReport(SourceClock clock) {
        handOver();
        feed.loop().post(() -> feed.senderReport(clock));
    }

    private void handOver() {
        if (batch.size == 0) {
            return;
        }
        Batch full = batch;
        batch = new Batch(Math.max(FIRST_CAPACITY, full.size));
        feed.loop().post(full);
    }

    /// Immutable once it was posted.
    private final class Batch implements Runnable {
        private Packet[] packets;
        private int[] encodings;
        private long[] indices;
        private int size;
        private long nowNs;

        Batch(int capacity) {
            packets = new Packet[capacity];
            encodings = new int[capacity];
            indices = new long[capacity];
        }

        void add(Packet packet, int encoding, long seqIndex) {
            if (size == packets.length) {
                packets = Arrays.copyOf(packets, size * 2);
                encodings = Arrays.copyOf(encodings, size * 2);
                indices = Arrays.copyOf(indices, size * 2);
            }
            packets[size] = packet;
            encodings[size] = encoding;
            indices[size++] = seqIndex;
        }

        @Override
        public void run() {
            for (int i = 0; i < size; i++) {
                feed.accept(packets[i], encodings[i], indices[i], nowNs);
            }
        }
    }
}
