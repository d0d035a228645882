package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// The last packets of one encoding, kept for subscribers who ask for them again. Shared by all subscribers of a loop;
/// holds one reference to each packet and gives it back when the packet is too old or pushed out.
final class PacketHistory {
    private final PacketKeeper keeper;
    private final Packet[] packets;
    private final long[] indices;
    private final long keptNs;
    private long oldest = -1;
    private long highest = -1;

    /// @param capacity a power of two
    PacketHistory(int capacity, long keptNs, PacketKeeper keeper) {
        this.packets = new Packet[capacity];
        this.indices = new long[capacity];
        this.keptNs = keptNs;
        this.keeper = keeper;
    }

    /// Takes over one reference. A packet older than what is kept goes straight back.
    void put(Packet packet, long seqIndex, long nowNs) {
        if (highest < 0) {
            oldest = seqIndex;
            highest = seqIndex;
        } else if (seqIndex > highest) {
            pushOut(seqIndex - packets.length);
            highest = seqIndex;
        } else if (seqIndex < oldest || get(seqIndex) != null) {
            keeper.giveBack(packet);
            return;
        }
        int slot = slot(seqIndex);
        packets[slot] = packet;
        indices[slot] = seqIndex;
        dropOlderThan(nowNs - keptNs);
    }

    /// Makes room up to this index, however far ahead it is.
    private void pushOut(long last) {
        while (oldest <= Math.min(last, highest)) {
            drop(oldest++);
        }
        oldest = Math.max(oldest, last + 1);
    }

    @Nullable
    Packet get(long seqIndex) {
        int slot = slot(seqIndex);
        return indices[slot] == seqIndex ? packets[slot] : null;
    }

    /// What is older is forgotten. Negative when nothing is kept.
    long oldest() {
        return oldest;
    }

    /// Negative when nothing is kept.
    long highest() {
        return highest;
    }

    /// Whether every packet from this one to the highest is kept.
    boolean completeFrom(long seqIndex) {
        for (long index = seqIndex; index <= highest; index++) {
            if (get(index) == null) {
                return false;
            }
        }
        return true;
    }

    void clear() {
        for (; oldest >= 0 && oldest <= highest; oldest++) {
            drop(oldest);
        }
        oldest = -1;
        highest = -1;
    }

    void dropOlderThan(long arrivalNs) {
        for (; oldest < highest; oldest++) {
            Packet packet = get(oldest);
            if (packet != null && packet.arrivalNs() >= arrivalNs) {
                return;
            }
            drop(oldest);
        }
    }

    @SuppressWarnings("NullAway") // an empty place of the ring is null by design
    private void drop(long seqIndex) {
        int slot = slot(seqIndex);
        Packet packet = packets[slot];
        if (packet != null && indices[slot] == seqIndex) {
            packets[slot] = null;
            keeper.giveBack(packet);
        }
    }

    private int slot(long seqIndex) {
        return (int) seqIndex & packets.length - 1;
    }
}
