package dev.parley.netsim;

import java.util.concurrent.TimeUnit;

/// How bad one direction of a path is. Immutable: each `with…` gives a changed copy.
///
/// @param delayNs what every packet takes
/// @param jitterNs standard deviation of what comes on top; on average a packet takes 0.8 of it more. Packets stay in
///     order: one that is late holds up those behind it, as queues do
/// @param loss share of packets that vanish, 0 to 1
/// @param lossBurst how many packets vanish in a row on average (Gilbert-Elliott); up to 1 means independent loss
/// @param duplicate share of packets that arrive twice
/// @param reorder share of packets that are overtaken by those behind them
/// @param reorderNs by how much an overtaken packet comes later
/// @param rateBps bits of each second that pass the bottleneck; 0 is unlimited
/// @param queueNs how much the bottleneck's queue holds, as time at `rateBps`; what comes on top is dropped
/// @param datagramBytesMax longer ones are dropped
/// @param blackoutsPerHour how often on average nothing passes for a while
/// @param blackoutNs how long such a while is
/// @param addressChangesPerHour how often on average the sender's address, as the receiver sees it, changes (a NAT
///     that forgot, a phone that roams)
public record LinkConfig(
        long delayNs,
        long jitterNs,
        double loss,
        double lossBurst,
        double duplicate,
        double reorder,
        long reorderNs,
        long rateBps,
        long queueNs,
        int datagramBytesMax,
        double blackoutsPerHour,
        long blackoutNs,
        double addressChangesPerHour) {

    private static final LinkConfig PERFECT =
            new LinkConfig(0, 0, 0, 1, 0, 0, millis(20), 0, millis(200), 65_507, 0, TimeUnit.SECONDS.toNanos(5), 0);

    public LinkConfig {
        share("loss", loss);
        share("duplicate", duplicate);
        share("reorder", reorder);
        notNegative("delay", delayNs);
        notNegative("jitter", jitterNs);
        notNegative("loss burst", lossBurst);
        notNegative("reorder delay", reorderNs);
        notNegative("rate", rateBps);
        notNegative("queue", queueNs);
        notNegative("longest datagram", datagramBytesMax);
        notNegative("blackouts per hour", blackoutsPerHour);
        notNegative("blackout", blackoutNs);
        notNegative("address changes per hour", addressChangesPerHour);
    }

    /// Carries everything at once.
    public static LinkConfig perfect() {
        return PERFECT;
    }

    public LinkConfig withDelayMs(double delayMs) {
        return copy(nanos(delayMs), jitterNs, loss, lossBurst, duplicate, reorder, reorderNs, rateBps, queueNs);
    }

    public LinkConfig withJitterMs(double jitterMs) {
        return copy(delayNs, nanos(jitterMs), loss, lossBurst, duplicate, reorder, reorderNs, rateBps, queueNs);
    }

    /// Each packet on its own.
    public LinkConfig withLoss(double share) {
        return withLoss(share, 1);
    }

    public LinkConfig withLoss(double share, double burst) {
        return copy(delayNs, jitterNs, share, burst, duplicate, reorder, reorderNs, rateBps, queueNs);
    }

    public LinkConfig withDuplicate(double share) {
        return copy(delayNs, jitterNs, loss, lossBurst, share, reorder, reorderNs, rateBps, queueNs);
    }

    public LinkConfig withReorder(double share, double byMs) {
        return copy(delayNs, jitterNs, loss, lossBurst, duplicate, share, nanos(byMs), rateBps, queueNs);
    }

    public LinkConfig withRate(long bps, double queueMs) {
        return copy(delayNs, jitterNs, loss, lossBurst, duplicate, reorder, reorderNs, bps, nanos(queueMs));
    }

    public LinkConfig withDatagramBytesMax(int bytes) {
        return copy(bytes, blackoutsPerHour, blackoutNs, addressChangesPerHour);
    }

    public LinkConfig withBlackouts(double perHour, double lengthMs) {
        return copy(datagramBytesMax, perHour, nanos(lengthMs), addressChangesPerHour);
    }

    public LinkConfig withAddressChanges(double perHour) {
        return copy(datagramBytesMax, blackoutsPerHour, blackoutNs, perHour);
    }

    private LinkConfig copy(
            long newDelayNs,
            long newJitterNs,
            double newLoss,
            double newLossBurst,
            double newDuplicate,
            double newReorder,
            long newReorderNs,
            long newRateBps,
            long newQueueNs) {
        return new LinkConfig(
                newDelayNs,
                newJitterNs,
                newLoss,
                newLossBurst,
                newDuplicate,
                newReorder,
                newReorderNs,
                newRateBps,
                newQueueNs,
                datagramBytesMax,
                blackoutsPerHour,
                blackoutNs,
                addressChangesPerHour);
    }

    private LinkConfig copy(int bytesMax, double newBlackoutsPerHour, long newBlackoutNs, double newChangesPerHour) {
        return new LinkConfig(
                delayNs,
                jitterNs,
                loss,
                lossBurst,
                duplicate,
                reorder,
                reorderNs,
                rateBps,
                queueNs,
                bytesMax,
                newBlackoutsPerHour,
                newBlackoutNs,
                newChangesPerHour);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, got " + value);
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0 && value <= Long.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be a number of at least 0, got " + value);
        }
    }

    private static long nanos(double ms) {
        notNegative("milliseconds", ms);
        return Math.round(ms * 1e6);
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
