package dev.parley.sfu.sctp.rx;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.packet.Serial;

/// Which TSNs have come, and when the peer is told: every second packet, at once where something is missing or came
/// twice, and else a little later ([RFC 9260 §6.2](https://www.rfc-editor.org/rfc/rfc9260#section-6.2)). One loop's
/// thread.
public final class DataTracker {
    /// How far ahead a TSN may be: what 16 bits of a gap block can say.
    public static final int AHEAD_MAX = 0xffff;

    /// How long an acknowledgement may wait; RFC 9260 allows 500 ms.
    static final long DELAY_MAX_NS = 200_000_000;

    private static final int DUPLICATES_REPORTED_MAX = 20;

    /// What [#observe] found.
    public enum Seen {
        NEW,
        DUPLICATE,
        /// Too far ahead, or one gap too many.
        REFUSED
    }

    private final TsnRanges beyond;
    private final int[] duplicates = new int[DUPLICATES_REPORTED_MAX];
    private int duplicateCount;
    private long cumulative;
    private long highest;
    private boolean dataInPacket;
    private boolean soon;
    private int packetsUnacknowledged;
    private long delayNs = DELAY_MAX_NS;
    private long ackDueNs = Deadlines.NEVER;

    /// @param gapsMax ranges of TSNs that are remembered beyond a gap
    public DataTracker(int initialTsn, int gapsMax) {
        beyond = new TsnRanges(gapsMax);
        cumulative = Serial.first(initialTsn) - 1;
        highest = cumulative;
        soon = true;
    }

    public long tsnIndex(int tsn) {
        return Serial.near(cumulative, tsn);
    }

    /// Everything up to here has come.
    public long cumulative() {
        return cumulative;
    }

    public long highest() {
        return highest;
    }

    public boolean hasGaps() {
        return beyond.count() > 0;
    }

    /// What `observe` would find, without noting it.
    public Seen peek(long tsnIndex) {
        if (tsnIndex <= cumulative || beyond.contains(tsnIndex)) {
            return Seen.DUPLICATE;
        }
        return tsnIndex > cumulative + AHEAD_MAX ? Seen.REFUSED : Seen.NEW;
    }

    /// Notes that a TSN has come.
    ///
    /// @param immediate that its sender wants to know at once, RFC 7053
    public Seen observe(long tsnIndex, boolean immediate) {
        dataInPacket = true;
        soon |= immediate;
        Seen seen = peek(tsnIndex);
        if (seen == Seen.NEW) {
            seen = note(tsnIndex);
        } else if (seen == Seen.DUPLICATE) {
            soon = true;
            if (duplicateCount < duplicates.length) {
                duplicates[duplicateCount++] = (int) tsnIndex;
            }
        }
        soon |= beyond.count() > 0;
        return seen;
    }

    private Seen note(long tsnIndex) {
        soon |= beyond.count() > 0;
        if (tsnIndex == cumulative + 1) {
            cumulative = beyond.advanceTo(tsnIndex);
        } else if (!beyond.add(tsnIndex)) {
            return Seen.REFUSED;
        }
        highest = Math.max(highest, tsnIndex);
        return Seen.NEW;
    }

    /// The peer no longer sends what is missing up to `tsnIndex`.
    public void forward(long tsnIndex) {
        dataInPacket = true;
        soon = true;
        if (tsnIndex > cumulative) {
            cumulative = beyond.advanceTo(tsnIndex);
            highest = Math.max(highest, cumulative);
        }
    }

    /// Something came that the next acknowledgement answers, whatever it says.
    public void acknowledgeSoon() {
        dataInPacket = true;
        soon = true;
    }

    /// @param rtoNs acknowledgements wait at most half of it
    public void delay(long rtoNs) {
        delayNs = Math.min(rtoNs / 2, DELAY_MAX_NS);
    }

    public void packetEnded(long nowNs) {
        if (!dataInPacket) {
            return;
        }
        dataInPacket = false;
        packetsUnacknowledged++;
        if (soon || packetsUnacknowledged >= 2) {
            ackDueNs = nowNs;
        } else if (ackDueNs == Deadlines.NEVER) {
            ackDueNs = nowNs + delayNs;
        }
    }

    /// Something is to be acknowledged, now or later: what leaves anyway may carry it.
    public boolean ackPending() {
        return ackDueNs != Deadlines.NEVER;
    }

    public boolean ackDue(long nowNs) {
        return ackDueNs <= nowNs;
    }

    public long nextTimeNs() {
        return ackDueNs;
    }

    /// Says what has come, in at most `room` bytes, and takes it as said.
    public SackChunk sack(long windowBytes, int room) {
        int space = Math.max(0, room - SackChunk.FIXED_BYTES);
        int gapCount = Math.min(beyond.count(), space / SackChunk.GAP_BYTES);
        int duplicatesTold =
                Math.min(duplicateCount, (space - gapCount * SackChunk.GAP_BYTES) / SackChunk.DUPLICATE_BYTES);
        int[] gaps = SackChunk.numbers(2 * gapCount);
        for (int i = 0; i < gapCount; i++) {
            gaps[2 * i] = (int) (beyond.first(i) - cumulative);
            gaps[2 * i + 1] = (int) (beyond.last(i) - cumulative);
        }
        int[] twice = SackChunk.numbers(duplicatesTold);
        System.arraycopy(duplicates, 0, twice, 0, duplicatesTold);
        SackChunk sack = new SackChunk((int) cumulative, windowBytes, gaps, twice);
        duplicateCount = 0;
        packetsUnacknowledged = 0;
        soon = false;
        ackDueNs = Deadlines.NEVER;
        return sack;
    }
}
