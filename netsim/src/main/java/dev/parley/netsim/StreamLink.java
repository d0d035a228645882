package dev.parley.netsim;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/// One direction of a TCP connection over a bad network, without sockets or a clock: bytes arrive all and in order, but
/// late. A lost segment holds up everything behind it for a round trip, at least 200 ms. One thread; time never goes
/// back.
///
/// Of the configuration it takes delay, jitter, loss and rate; what else it says is about datagrams.
public final class StreamLink {
    /// What senders of today's systems wait for at least before they send a segment again.
    static final long RETRANSMISSION_NS = 200_000_000;

    static final int SEGMENT_BYTES = 1448;

    static final long NEVER = Long.MAX_VALUE;

    /// Where the bytes come out.
    @FunctionalInterface
    public interface Receiver {
        /// One segment; `atNs` is never before that of an earlier one.
        void arrives(byte[] bytes, long atNs);
    }

    private record Unacknowledged(int bytes, long untilNs) {}

    private final LinkConfig config;
    private final long roundTripNs;
    private final int bufferBytes;
    private final SplittableRandom random;
    private final GilbertElliott losses;
    private final ArrayDeque<Unacknowledged> buffer = new ArrayDeque<>();
    private int buffered;
    private long bottleneckFreeNs = Long.MIN_VALUE;
    private long lastArrivalNs = Long.MIN_VALUE;
    private long segments;
    private long lost;

    /// @param backNs what acknowledgements take on their way back
    /// @param bufferBytes what the sender's system holds until it is acknowledged
    public StreamLink(LinkConfig config, long backNs, int bufferBytes, long seed) {
        this.config = config;
        this.roundTripNs = config.delayNs() + backNs;
        this.bufferBytes = bufferBytes;
        this.random = new SplittableRandom(seed);
        this.losses = new GilbertElliott(random.split());
        losses.configure(config.loss(), config.lossBurst());
    }

    /// Takes as many bytes as find room, as a socket that does not block.
    ///
    /// @return how many; 0 when none, then there is room again at `roomNs`
    public int write(byte[] bytes, int from, int count, long nowNs, Receiver receiver) {
        acknowledge(nowNs);
        int taken = Math.min(count, bufferBytes - buffered);
        for (int at = from; at < from + taken; at += SEGMENT_BYTES) {
            byte[] segment = new byte[Math.min(SEGMENT_BYTES, from + taken - at)];
            System.arraycopy(bytes, at, segment, 0, segment.length);
            carry(segment, nowNs, receiver);
        }
        return taken;
    }

    /// When some of what is held will have been acknowledged; `Long.MAX_VALUE` when nothing is held.
    public long roomNs() {
        Unacknowledged first = buffer.peek();
        return first == null ? NEVER : first.untilNs;
    }

    /// Bytes that were taken and not acknowledged yet.
    public int bufferedBytes(long nowNs) {
        acknowledge(nowNs);
        return buffered;
    }

    public long segments() {
        return segments;
    }

    /// Segments that had to be sent again, as often as each was lost.
    public long lost() {
        return lost;
    }

    private void carry(byte[] segment, long nowNs, Receiver receiver) {
        segments++;
        long arrivalNs = leavesNs(segment.length, nowNs) + config.delayNs() + jitterNs();
        while (losses.loses() && config.loss() < 1) {
            lost++;
            arrivalNs += Math.max(roundTripNs, RETRANSMISSION_NS);
        }
        lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
        buffered += segment.length;
        buffer.add(new Unacknowledged(segment.length, lastArrivalNs + roundTripNs - config.delayNs()));
        receiver.arrives(segment, lastArrivalNs);
    }

    private long leavesNs(int bytes, long nowNs) {
        bottleneckFreeNs = Math.max(bottleneckFreeNs, nowNs);
        if (config.rateBps() > 0) {
            bottleneckFreeNs += Math.round(bytes * 8e9 / config.rateBps());
        }
        return bottleneckFreeNs;
    }

    private long jitterNs() {
        return config.jitterNs() == 0 ? 0 : Math.round(Math.abs(random.nextGaussian()) * config.jitterNs());
    }

    private void acknowledge(long nowNs) {
        for (Unacknowledged first = buffer.peek(); first != null && first.untilNs <= nowNs; first = buffer.peek()) {
            buffered -= buffer.remove().bytes;
        }
    }
}
