package dev.parley.sfu.base;

import java.util.Arrays;

/// How often something took how long, in cells that only one loop's thread writes and anybody may read; a reader may
/// see a figure that is one scrape old. Observing allocates nothing.
public final class DelayHistogram {
    private final long[] boundsNs;
    /// One for each bound, and one for what took longer than the last.
    private final long[] cells;
    private long sumNs;

    public DelayHistogram(long... boundsNs) {
        this.boundsNs = boundsNs.clone();
        this.cells = new long[boundsNs.length + 1];
    }

    public void observe(long delayNs) {
        observe(delayNs, 1);
    }

    /// `times` at once, each of which took so long.
    public void observe(long delayNs, long times) {
        int cell = 0;
        while (cell < boundsNs.length && delayNs > boundsNs[cell]) {
            cell++;
        }
        cells[cell] += times;
        sumNs += Math.max(0, delayNs) * times;
    }

    /// Adds what was seen here to `into`, which has a place for each bound and one more.
    public void addTo(long[] into) {
        for (int cell = 0; cell < cells.length; cell++) {
            into[cell] += cells[cell];
        }
    }

    public long count() {
        return Arrays.stream(cells).sum();
    }

    public long sumNs() {
        return sumNs;
    }
}
