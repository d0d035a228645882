package dev.parley.sfu.base;

/// The counters of one loop: plain cells that only the loop's thread writes. Others may read them; a reader may see a
/// figure that is one scrape old.
public final class Counters {
    private final long[] cells = new long[SfuCounter.values().length];
    private final long[] levels = new long[SfuLevel.values().length];
    private final DelayHistogram[] delays = new DelayHistogram[SfuDelay.values().length];
    /// When the packet came that is being forwarded now; packets out of the history have nothing to do with it.
    private long arrivalNs = Deadlines.NEVER;

    private long forwardedInTurn;
    private long oldestArrivalNs = Deadlines.NEVER;

    public Counters() {
        for (SfuDelay delay : SfuDelay.values()) {
            delays[delay.ordinal()] = new DelayHistogram(delay.boundsNs());
        }
    }

    public void add(SfuCounter counter) {
        cells[counter.ordinal()]++;
    }

    public void add(SfuCounter counter, long count) {
        cells[counter.ordinal()] += count;
    }

    public long get(SfuCounter counter) {
        return cells[counter.ordinal()];
    }

    public void change(SfuLevel level, long difference) {
        levels[level.ordinal()] += difference;
    }

    public long get(SfuLevel level) {
        return levels[level.ordinal()];
    }

    public DelayHistogram delays(SfuDelay delay) {
        return delays[delay.ordinal()];
    }

    /// What is forwarded from here on came in then; `Deadlines.NEVER` for what is no answer to a packet that came.
    public void forwarding(long arrivalNs) {
        this.arrivalNs = arrivalNs;
    }

    /// A packet leaves for a subscriber at the end of this turn.
    public void forwarded() {
        if (arrivalNs != Deadlines.NEVER) {
            forwardedInTurn++;
            oldestArrivalNs = Math.min(oldestArrivalNs, arrivalNs);
        }
    }

    /// Whether `flushed` has anything to measure.
    public boolean anyForwarded() {
        return forwardedInTurn > 0;
    }

    /// The turn is over and what was forwarded in it has left.
    public void flushed(long nowNs) {
        delays(SfuDelay.FORWARD).observe(nowNs - oldestArrivalNs, forwardedInTurn);
        forwardedInTurn = 0;
        oldestArrivalNs = Deadlines.NEVER;
    }
}
