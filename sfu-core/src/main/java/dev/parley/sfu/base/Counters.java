package dev.parley.sfu.base;

/// The counters of one loop: plain cells that only the loop's thread writes. Others may read them; a reader may see a
/// figure that is one scrape old.
public final class Counters {
    private final long[] cells = new long[SfuCounter.values().length];

    public void add(SfuCounter counter) {
        cells[counter.ordinal()]++;
    }

    public void add(SfuCounter counter, long count) {
        cells[counter.ordinal()] += count;
    }

    public long get(SfuCounter counter) {
        return cells[counter.ordinal()];
    }
}
