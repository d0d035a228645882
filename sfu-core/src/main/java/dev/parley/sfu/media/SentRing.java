package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// The ciphertexts of the last packets, for a subscriber without RTX: a repair repeats them byte for byte, because the
/// same index is never encrypted twice.
final class SentRing {
    private final @Nullable Packet[] packets;
    private final long[] indices;
    private final long[] timesNs;

    /// @param size a power of two
    SentRing(int size) {
        packets = new Packet[size];
        indices = new long[size];
        timesNs = new long[size];
    }

    /// Takes over one reference to a datagram that was sent under this index.
    void put(long index, Packet datagram, long nowNs) {
        Packet former = packets[slot(index)];
        if (former != null) {
            former.release();
        }
        packets[slot(index)] = datagram;
        indices[slot(index)] = index;
        timesNs[slot(index)] = nowNs;
    }

    @Nullable
    Packet get(long index) {
        return indices[slot(index)] == index ? packets[slot(index)] : null;
    }

    /// When the datagram that `get` has was sent.
    long sentNs(long index) {
        return timesNs[slot(index)];
    }

    void clear() {
        for (int i = 0; i < packets.length; i++) {
            Packet packet = packets[i];
            if (packet != null) {
                packet.release();
                packets[i] = null;
            }
        }
    }

    private int slot(long index) {
        return (int) index & packets.length - 1;
    }
}
