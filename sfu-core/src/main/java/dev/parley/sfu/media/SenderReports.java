package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import org.jspecify.annotations.Nullable;

/// What the sender reports of one outgoing stream say: how much was sent, and which of its timestamps belongs
/// to which moment on the server's clock. Follows the source's own reports where there are any, else the
/// arrival of its packets.
public final class SenderReports {
    /// While packets flow; RFC 3550 allows it for such rates, and lips stay with the voice after a change of
    /// source.
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final int clockRate;
    private long packets;
    private long octets;
    private int timestampOffset;
    private int lastTimestamp;
    private long lastArrivalNs = Long.MIN_VALUE;
    private long nextNs = Deadlines.NEVER;
    private @Nullable SourceClock clock;

    SenderReports(int clockRate) {
        this.clockRate = clockRate;
    }

    void sourceChanged() {
        clock = null;
        nextNs = Deadlines.NEVER;
    }

    void started(@Nullable SourceClock sourceClock) {
        clock = sourceClock;
        nextNs = Long.MIN_VALUE;
    }

    void onClock(SourceClock changed) {
        if (clock == null) {
            nextNs = Long.MIN_VALUE;
        }
        clock = changed;
    }

    void sent(MediaPacket packet, Segment segment, long nowNs) {
        sentLate(packet);
        timestampOffset = segment.timestampOffset;
        lastTimestamp = packet.timestamp();
        lastArrivalNs = nowNs;
        if (nextNs == Deadlines.NEVER) {
            nextNs = nowNs;
        }
    }

    /// A packet of a stretch that is over: it counts, but says nothing of the clock that runs now.
    void sentLate(MediaPacket packet) {
        packets++;
        octets += packet.payloadLength();
    }

    /// Whether a report is to be sent now; it then counts as sent.
    public boolean take(long nowNs) {
        if (nowNs < nextNs || lastArrivalNs == Long.MIN_VALUE) {
            return false;
        }
        boolean flowing = nowNs - lastArrivalNs < 2 * INTERVAL_NS;
        nextNs = flowing ? nowNs + INTERVAL_NS : Deadlines.NEVER;
        return flowing;
    }

    public long nextTimeNs() {
        return nextNs;
    }

    /// The outgoing timestamp of this moment.
    public int timestampAt(long nowNs) {
        SourceClock known = clock;
        int source = known != null
                ? known.timestampAt(nowNs, clockRate)
                : lastTimestamp + (int) ((nowNs - lastArrivalNs) / 1_000 * clockRate / 1_000_000);
        return source + timestampOffset;
    }

    public long packets() {
        return packets;
    }

    public long octets() {
        return octets;
    }
}
