package dev.parley.netsim;

/// What a proxy carried and dropped. The proxy's thread only; others get a snapshot.
public final class ProxyStats {
    /// @param underWay packets that wait for their time
    public record Snapshot(
            long up, long down, long lost, long queueFull, long blackout, long tooLong, int clients, int underWay) {}

    private final long[] dropped = new long[DropCause.values().length];
    private long up;
    private long down;

    void carriedUp() {
        up++;
    }

    void carriedDown() {
        down++;
    }

    void dropped(DropCause cause) {
        dropped[cause.ordinal()]++;
    }

    Snapshot snapshot(int clients, int underWay) {
        return new Snapshot(
                up,
                down,
                dropped[DropCause.LOSS.ordinal()],
                dropped[DropCause.QUEUE_FULL.ordinal()],
                dropped[DropCause.BLACKOUT.ordinal()],
                dropped[DropCause.TOO_LONG.ordinal()],
                clients,
                underWay);
    }
}
