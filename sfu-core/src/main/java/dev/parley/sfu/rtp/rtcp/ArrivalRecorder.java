package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SeqUnwrapper;
import java.util.Arrays;

/// Remembers when a publisher's packets arrived and writes transport-wide feedback about them,
/// draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1. One for a transport; one thread at a time; allocates
/// nothing
/// after it was made. When to write is the caller's decision (each 50 to 100 ms).
///
/// Each message begins where the one before ended; a packet that arrives after it was reported missing is reported
/// again, with those behind it. Of a jump ahead by more than what is remembered only the end is reported.
public final class ArrivalRecorder {
    private static final long NOT_ARRIVED = Long.MIN_VALUE;
    private static final int SMALL_DELTA_MAX = 0xff;

    private final long[] arrivalTicks;
    private final byte[] statuses;
    private final SeqUnwrapper unwrapper = new SeqUnwrapper();
    /// First packet that the next message speaks of.
    private long next;
    /// Behind the highest packet that arrived.
    private long end;
    private long arrived;
    private int messages;

    /// @param capacity packets remembered, a power of two
    public ArrivalRecorder(int capacity) {
        arrivalTicks = new long[capacity];
        Arrays.fill(arrivalTicks, NOT_ARRIVED);
        statuses = new byte[capacity];
    }

    public void record(int transportSeq, long arrivalNs) {
        boolean first = !unwrapper.started();
        long index = unwrapper.unwrap(transportSeq);
        if (first) {
            next = index;
            end = index;
        }
        if (index < end - arrivalTicks.length) {
            return; // older than what is remembered
        }
        advanceTo(index + 1);
        if (arrivalTicks[slot(index)] == NOT_ARRIVED) {
            arrivalTicks[slot(index)] = Math.floorDiv(arrivalNs, TransportFeedback.TICK_NS);
            arrived++;
            next = Math.min(next, index);
        }
    }

    private void advanceTo(long newEnd) {
        long from = Math.max(end, newEnd - arrivalTicks.length);
        for (long i = from; i < newEnd; i++) {
            arrivalTicks[slot(i)] = NOT_ARRIVED;
        }
        end = Math.max(end, newEnd);
        next = Math.max(next, end - arrivalTicks.length);
    }

    /// True while there are arrivals that no message has told of.
    public boolean pending() {
        return next < end;
    }

    /// Packets recorded so far, each once.
    public long arrived() {
        return arrived;
    }

    /// Writes one message with as many statuses as fit; call again while `pending`.
    ///
    /// @param mediaSsrc any SSRC of the publisher
    /// @return false when nothing is pending or no room is left
    public boolean write(RtcpWriter writer, int senderSsrc, int mediaSsrc) {
        long first = firstArrivedFrom(next);
        int room = writer.room() - 12 - TransportFeedback.FIXED_BYTES;
        if (first < 0 || room < 4) {
            return false;
        }
        long reference = Math.floorDiv(arrivalTicks[slot(first)], TransportFeedback.TICKS_PER_REFERENCE);
        int count = chooseStatuses(reference * TransportFeedback.TICKS_PER_REFERENCE, room & ~3);
        if (count == 0) {
            return false;
        }
        Packet target = writer.target();
        int at = writer.length() + 12;
        int chunksEnd = StatusChunks.write(target, at + TransportFeedback.FIXED_BYTES, statuses, count);
        int deltasEnd = deltas(target, chunksEnd, count, reference * TransportFeedback.TICKS_PER_REFERENCE);
        int bytes = pad(target, deltasEnd, at);
        writer.transportFeedback(senderSsrc, mediaSsrc, bytes);
        target.u16(at, (int) next);
        target.u16(at + 2, count);
        target.i32(at + 4, (int) reference << 8 | (messages++ & 0xff));
        next += count;
        return true;
    }

    private long firstArrivedFrom(long index) {
        for (long i = index; i < end; i++) {
            if (arrivalTicks[slot(i)] != NOT_ARRIVED) {
                return i;
            }
        }
        return -1;
    }

    /// Fills `statuses` from `next` on, up to where the message is full or a delta does not fit its 16 bits.
    ///
    /// @return how many
    private int chooseStatuses(long referenceTicks, int room) {
        long ticks = referenceTicks;
        int bytes = 0;
        int count = 0;
        for (long i = next; i < end; i++, count++) {
            long arrival = arrivalTicks[slot(i)];
            long delta = arrival == NOT_ARRIVED ? 0 : arrival - ticks;
            int status = arrival == NOT_ARRIVED ? TransportFeedback.STATUS_LOST : status(delta);
            if (delta != (short) delta || StatusChunks.bytesMax(count + 1) + bytes + status > room) {
                return count;
            }
            statuses[count] = (byte) status;
            bytes += status;
            ticks += delta;
        }
        return count;
    }

    private static int status(long delta) {
        return delta >= 0 && delta <= SMALL_DELTA_MAX ? TransportFeedback.STATUS_SMALL : TransportFeedback.STATUS_LARGE;
    }

    private int deltas(Packet target, int from, int count, long referenceTicks) {
        long ticks = referenceTicks;
        int at = from;
        for (int i = 0; i < count; i++) {
            if (statuses[i] == TransportFeedback.STATUS_LOST) {
                continue;
            }
            long arrival = arrivalTicks[slot(next + i)];
            int delta = (int) (arrival - ticks);
            ticks = arrival;
            if (statuses[i] == TransportFeedback.STATUS_SMALL) {
                target.u8(at, delta);
            } else {
                target.u16(at, delta);
            }
            at += statuses[i];
        }
        return at;
    }

    /// Zeros up to a whole word; the reader knows from the statuses where the deltas end.
    private static int pad(Packet target, int from, int bodyAt) {
        int end = bodyAt + (from - bodyAt + 3 & ~3);
        for (int i = from; i < end; i++) {
            target.u8(i, 0);
        }
        return end - bodyAt;
    }

    private int slot(long index) {
        return (int) index & arrivalTicks.length - 1;
    }
}
