package dev.parley.sfu.bwe;

/// A cluster of packets that is sent at a given rate for 15 ms: whatever leaves in that time belongs to it, and padding
/// makes up for the rest. One loop's thread; allocates nothing.
///
///     padding  _    _  _ _     five packets or more, evenly spaced
///     media     ||    |        counts as well
///              |---15 ms---|
final class ProbeCluster {
    static final long DURATION_NS = 15_000_000;

    private static final int PACKETS_MIN = 5;
    private static final int PACKET_BYTES = 1100;
    /// Padding has a header, the header's extensions and something behind it.
    private static final int PADDING_MIN = 60;

    private int id;
    private double bps;
    private long startNs;
    private int packets;
    private int slotsServed;
    private long bytes;

    void begin(int newId, double rateBps, long nowNs) {
        id = newId;
        bps = rateBps;
        startNs = nowNs;
        packets = Math.max(PACKETS_MIN, (bytesPlanned() + PACKET_BYTES - 1) / PACKET_BYTES);
        slotsServed = 0;
        bytes = 0;
    }

    /// Of the newest cluster.
    int id() {
        return id;
    }

    double bps() {
        return bps;
    }

    int packetsPlanned() {
        return packets;
    }

    int bytesPlanned() {
        return (int) (bps * DURATION_NS / 8e9);
    }

    /// Whether padding is still to come.
    boolean active(long nowNs) {
        return lasts(nowNs) && slotsServed < packets;
    }

    boolean lasts(long nowNs) {
        return id > 0 && nowNs - startNs < DURATION_NS;
    }

    /// Media that leaves while the cluster is active.
    void sent(int size) {
        bytes += size;
    }

    /// How much padding has to leave now, 0 for none; what is asked for counts as sent.
    int paddingDue(long nowNs) {
        if (!active(nowNs)) {
            return 0;
        }
        int slots = (int) Math.min(packets, 1 + (nowNs - startNs) * packets / DURATION_NS);
        if (slots <= slotsServed) {
            return 0;
        }
        long due = (long) bytesPlanned() * slots / packets - bytes;
        if (due <= PACKET_BYTES) {
            slotsServed = slots;
        }
        int size = Math.clamp(due, PADDING_MIN, PACKET_BYTES);
        bytes += size;
        return size;
    }

    /// When the next padding is due.
    long nextTimeNs() {
        return startNs + (DURATION_NS * slotsServed + packets - 1) / packets;
    }
}
