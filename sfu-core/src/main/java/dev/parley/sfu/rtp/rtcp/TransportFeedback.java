package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;

/// Reads transport-wide congestion-control feedback, draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.
/// Stateless;
/// allocates nothing; its work is bounded by the bytes of the message, whatever its status count claims.
///
///     |      base sequence number     |      packet status count      |
///     |                 reference time                | fb pkt. count |
///     |          packet chunk         |          packet chunk         |
///     |         recv delta        ... |
public final class TransportFeedback {
    /// Deltas are counted in units of 250 us.
    public static final long TICK_NS = 250_000;

    static final int FIXED_BYTES = 8;
    static final int TICKS_PER_REFERENCE = 256;
    static final int STATUS_LOST = 0;
    static final int STATUS_SMALL = 1;
    static final int STATUS_LARGE = 2;
    static final int RUN_MAX = 0x1fff;
    static final int ONE_BIT_SYMBOLS = 14;
    static final int TWO_BIT_SYMBOLS = 7;

    /// What a feedback message says of each packet, in the order of their numbers.
    public interface Arrivals {
        /// @param seq transport-wide sequence number as on the wire
        /// @param arrivalNs on the receiver's clock with an origin of its own, which wraps after 12.4 days
        void received(int seq, long arrivalNs);

        /// `count` packets from `firstSeq` on had not arrived when the message was made.
        void lost(int firstSeq, int count);
    }

    private TransportFeedback() {}

    /// Visits each status of a message whose body (behind the two SSRCs) is `length` bytes from `at`.
    ///
    /// @return false when the message is malformed; nothing was visited then
    public static boolean read(Packet p, int at, int length, Arrivals arrivals) {
        int end = at + length;
        int deltas = length < FIXED_BYTES ? -1 : deltasAt(p, at, end);
        if (deltas < 0) {
            return false;
        }
        long reference = p.i32(at + 4) >> 8;
        visit(p, at, deltas, reference * TICKS_PER_REFERENCE, arrivals);
        return true;
    }

    /// Counts messages of one sender, 0 to 255.
    public static int messageCount(Packet p, int at) {
        return p.u8(at + 7);
    }

    /// Walks the chunks to where the deltas begin; -1 when chunks or deltas do not fit or a status is reserved.
    private static int deltasAt(Packet p, int at, int end) {
        int left = p.u16(at + 2);
        int chunk = at + FIXED_BYTES;
        int deltaBytes = 0;
        while (left > 0) {
            if (chunk + 2 > end) {
                return -1;
            }
            int bits = p.u16(chunk);
            int symbols = Math.min(left, symbols(bits));
            int bytes = deltaBytes(bits, symbols);
            if (bytes < 0) {
                return -1;
            }
            deltaBytes += bytes;
            left -= symbols;
            chunk += 2;
        }
        return chunk + deltaBytes > end ? -1 : chunk;
    }

    /// Packets that a chunk speaks of.
    private static int symbols(int chunk) {
        if ((chunk & 0x8000) == 0) {
            return chunk & RUN_MAX;
        }
        return (chunk & 0x4000) == 0 ? ONE_BIT_SYMBOLS : TWO_BIT_SYMBOLS;
    }

    /// The status of the i-th packet of a chunk.
    private static int status(int chunk, int i) {
        if ((chunk & 0x8000) == 0) {
            return chunk >> 13 & 3;
        }
        return (chunk & 0x4000) == 0 ? chunk >> (13 - i) & 1 : chunk >> (12 - 2 * i) & 3;
    }

    private static boolean isRun(int chunk) {
        return (chunk & 0x8000) == 0;
    }

    /// Each status is also the number of delta bytes that it has; 3 is reserved.
    private static int deltaBytes(int chunk, int symbols) {
        if (isRun(chunk)) {
            return status(chunk, 0) == 3 ? -1 : status(chunk, 0) * symbols;
        }
        int bytes = 0;
        for (int i = 0; i < symbols; i++) {
            int status = status(chunk, i);
            if (status == 3) {
                return -1;
            }
            bytes += status;
        }
        return bytes;
    }

    private static void visit(Packet p, int at, int deltasAt, long referenceTicks, Arrivals arrivals) {
        int seq = p.u16(at);
        int left = p.u16(at + 2);
        long ticks = referenceTicks;
        int delta = deltasAt;
        for (int chunkAt = at + FIXED_BYTES; left > 0; chunkAt += 2) {
            int chunk = p.u16(chunkAt);
            int symbols = Math.min(left, symbols(chunk));
            left -= symbols;
            if (isRun(chunk) && status(chunk, 0) == STATUS_LOST) {
                lost(arrivals, seq, symbols);
                seq += symbols;
                continue;
            }
            for (int i = 0; i < symbols; i++, seq++) {
                int status = status(chunk, i);
                if (status == STATUS_LOST) {
                    lost(arrivals, seq, 1);
                    continue;
                }
                ticks += status == STATUS_SMALL ? p.u8(delta) : (short) p.u16(delta);
                delta += status;
                arrivals.received(seq & 0xffff, ticks * TICK_NS);
            }
        }
    }

    private static void lost(Arrivals arrivals, int seq, int count) {
        if (count > 0) {
            arrivals.lost(seq & 0xffff, count);
        }
    }
}
