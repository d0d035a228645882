package dev.parley.sfu.media;

/// The offset between a publisher's wall clock and the server's, one for all tracks of a publisher: what its sender
/// reports say of sound and picture then stays in step at every viewer. Follows the fastest report seen, because delay
/// only ever makes a report look older, and slowly forgets it, because clocks drift. Lives on the publisher's loop.
public final class PublisherClock {
    /// A clock that is off by 100 ppm drifts so much; forgetting faster would let the offset follow queues.
    private static final long FORGET_NS_PER_SECOND = 100_000;

    private long offsetNs = Long.MAX_VALUE;
    private long seenNs;

    /// @return when the report's moment was, on the server's clock
    public long onSenderReport(long publisherNs, long nowNs) {
        long offset = nowNs - publisherNs;
        if (offsetNs == Long.MAX_VALUE) {
            offsetNs = offset;
        } else {
            long forgotten = (nowNs - seenNs) / 1_000_000 * FORGET_NS_PER_SECOND / 1_000;
            offsetNs = Math.min(offset, offsetNs + forgotten);
        }
        seenNs = nowNs;
        return publisherNs + offsetNs;
    }
}
