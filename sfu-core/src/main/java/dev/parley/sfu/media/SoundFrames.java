package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// Where the last frames of a voice lie in the packets that its history keeps, so that each subscriber's copies of them
/// cost no second look at the packets. Lives on the loop of its feed.
final class SoundFrames {
    private static final int SIZE = 8;

    private final PacketHistory history;
    private final long[] indices = new long[SIZE];
    private final int[] offsets = new int[SIZE];
    private final int[] lengths = new int[SIZE];
    private final int[] timestamps = new int[SIZE];

    SoundFrames(PacketHistory history) {
        this.history = history;
        java.util.Arrays.fill(indices, -1);
    }

    /// A packet that goes into the history.
    void put(MediaPacket packet) {
        int slot = slot(packet.seqIndex());
        indices[slot] = packet.seqIndex();
        offsets[slot] = packet.payloadOffset();
        lengths[slot] = packet.payloadLength();
        timestamps[slot] = packet.timestamp();
    }

    /// The packet with the frame, or null when it has not come or is not kept. Only then the rest may be asked for.
    @Nullable
    Packet packet(long seqIndex) {
        int slot = slot(seqIndex);
        Packet packet = indices[slot] == seqIndex ? history.get(seqIndex) : null;
        return packet != null && offsets[slot] + lengths[slot] <= packet.length() ? packet : null;
    }

    int offset(long seqIndex) {
        return offsets[slot(seqIndex)];
    }

    int length(long seqIndex) {
        return lengths[slot(seqIndex)];
    }

    int timestamp(long seqIndex) {
        return timestamps[slot(seqIndex)];
    }

    private static int slot(long seqIndex) {
        return (int) seqIndex & SIZE - 1;
    }
}
