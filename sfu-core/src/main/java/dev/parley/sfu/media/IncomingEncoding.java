package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SeqUnwrapper;
import dev.parley.sfu.rtp.ReceiveStatistics;
import dev.parley.sfu.rtp.Rtp;

/// One layer of a published source, by its SSRC: which packets came, which are missing, what its receiver report says.
/// Lives on the publisher's loop.
public final class IncomingEncoding {
    private static final int MADE_REMEMBERED = 32;
    /// What comes less often than this costs its publisher nothing.
    private static final long ARRIVES_NS = 1_000_000_000;

    private final SeenWindow seen = new SeenWindow();
    private final long[] made = new long[MADE_REMEMBERED];
    private final NackRequests nacks;
    private final KeyFrameRequests keyFrames;
    private final int clockRate;
    private SeqUnwrapper unwrapper = new SeqUnwrapper();
    private ReceiveStatistics statistics;
    private long cycles;
    private long first = Long.MAX_VALUE;
    private long arrivedNs = Long.MIN_VALUE;
    private int ssrc;
    private boolean repairs;

    IncomingEncoding(Limits limits, int clockRate) {
        this.clockRate = clockRate;
        statistics = newStatistics();
        nacks = new NackRequests(limits);
        keyFrames = new KeyFrameRequests(limits.keyFrameIntervalNs());
    }

    /// Another SSRC than before, as after a collision, numbers its packets anew: their indices follow far behind all
    /// former ones, and subscribers begin with a key frame again.
    ///
    /// @param repairs whether the publisher answers NACKs
    public void bind(int ssrc, boolean repairs) {
        if (started() && ssrc != this.ssrc) {
            cycles += (unwrapper.highest() | 0xffff) + 1;
            unwrapper = new SeqUnwrapper();
            first = Long.MAX_VALUE;
            statistics = newStatistics();
        }
        this.ssrc = ssrc;
        this.repairs = repairs;
    }

    private ReceiveStatistics newStatistics() {
        ReceiveStatistics fresh = new ReceiveStatistics();
        fresh.clockRate(clockRate);
        return fresh;
    }

    /// @return the packet's index, or a negative number when it came before
    long received(Packet packet, long nowNs) {
        long counted = unwrapper.unwrap(Rtp.sequence(packet));
        long seqIndex = cycles + counted;
        boolean fresh = seen.first(seqIndex);
        if (!fresh && !wasMade(seqIndex)) {
            return -1;
        }
        arrivedNs = nowNs;
        statistics.received(counted, Rtp.timestamp(packet), nowNs);
        if (!fresh) {
            return -1;
        }
        first = Math.min(first, seqIndex);
        if (repairs) {
            nacks.received(seqIndex, nowNs);
        }
        return seqIndex;
    }

    /// A packet that is missing was made again of a copy. For the publisher it stays lost, because its way loses.
    ///
    /// @return false when it is not missing
    boolean recover(long seqIndex) {
        if (seqIndex <= first || !seen.first(seqIndex)) {
            return false;
        }
        made[(int) seqIndex & MADE_REMEMBERED - 1] = seqIndex;
        nacks.found(seqIndex);
        return true;
    }

    /// Whether the packet itself comes after it was made again, overtaken rather than lost.
    private boolean wasMade(long seqIndex) {
        int slot = (int) seqIndex & MADE_REMEMBERED - 1;
        boolean was = made[slot] == seqIndex && seqIndex > first;
        made[slot] = -1;
        return was;
    }

    /// Whether it comes now.
    boolean arriving(long nowNs) {
        return arrivedNs != Long.MIN_VALUE && nowNs - arrivedNs < ARRIVES_NS;
    }

    public int ssrc() {
        return ssrc;
    }

    public boolean started() {
        return unwrapper.started();
    }

    /// Whether the packet with this number is missing and asked for.
    public boolean misses(int seq) {
        return nacks.misses(seq);
    }

    public ReceiveStatistics statistics() {
        return statistics;
    }

    NackRequests nacks() {
        return nacks;
    }

    KeyFrameRequests keyFrames() {
        return keyFrames;
    }

    long nextTimeNs() {
        long keyFrameNs = started() ? keyFrames.nextTimeNs() : Deadlines.NEVER;
        return Math.min(nacks.nextTimeNs(), keyFrameNs);
    }
}
