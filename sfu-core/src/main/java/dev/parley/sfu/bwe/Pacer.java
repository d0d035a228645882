package dev.parley.sfu.bwe;

import dev.parley.sfu.base.Limits;

/// The budget of what is sent: in every sliding second at most the estimate, a twentieth more, and two packets. Decides
/// and counts, holds no packets: a publisher's own pacer has spread what is forwarded, and what leaves one turn of the
/// loop leaves together. One loop's thread; allocates nothing.
///
/// The budget fills with the estimate and holds 50 ms of it and two packets. What must not wait (voice) is only
/// counted,
/// and what can wait makes up for it.
public final class Pacer {
    private static final double BURST_S = 0.05;
    /// So long what can wait makes up for what could not.
    private static final double DEBT_S = 0.5;

    private static final int BURST_PACKETS = 2;
    private static final long NEVER = Long.MIN_VALUE;

    private final int packetBytes;
    private double bytesPerSecond;
    private double budgetBytes;
    private long filledNs = NEVER;

    public Pacer(Limits limits) {
        packetBytes = limits.datagramBytes();
        budgetBytes = maxBytes();
    }

    /// The estimate from now on.
    public void rate(long bps, long nowNs) {
        boolean first = filledNs == NEVER;
        fill(nowNs);
        bytesPerSecond = bps / 8.0;
        budgetBytes = first ? maxBytes() : Math.clamp(budgetBytes, -debtMaxBytes(), maxBytes());
    }

    /// Whether so many bytes may leave now.
    public boolean allows(int bytes, long nowNs) {
        fill(nowNs);
        return budgetBytes >= bytes;
    }

    /// When so many bytes may leave: now or later.
    public long allowedAtNs(int bytes, long nowNs) {
        fill(nowNs);
        double missing = Math.min(bytes, maxBytes()) - budgetBytes;
        return missing <= 0 ? nowNs : nowNs + (long) Math.ceil(missing * 1e9 / Math.max(bytesPerSecond, 1));
    }

    /// So many bytes left, allowed or not.
    public void spent(int bytes, long nowNs) {
        fill(nowNs);
        budgetBytes = Math.max(budgetBytes - bytes, -debtMaxBytes());
    }

    private void fill(long nowNs) {
        if (filledNs != NEVER && nowNs > filledNs) {
            budgetBytes = Math.min(maxBytes(), budgetBytes + bytesPerSecond * (nowNs - filledNs) / 1e9);
        }
        filledNs = Math.max(filledNs, nowNs);
    }

    private double debtMaxBytes() {
        return DEBT_S * bytesPerSecond + BURST_PACKETS * packetBytes;
    }

    private double maxBytes() {
        return BURST_S * bytesPerSecond + BURST_PACKETS * packetBytes;
    }
}
