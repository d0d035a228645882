package dev.parley.sfu.session;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.SfuLevel;
import org.jspecify.annotations.Nullable;

/// Counts one viewer among those whose lines carry about as much. On the session's loop.
final class EstimateLevel {
    /// The page's own rates are the bounds: nobody below the first has even the smallest picture.
    private static final long SMALLEST_BPS = 200_000;
    private static final long MEDIUM_BPS = 600_000;
    private static final long LARGE_BPS = 2_000_000;

    private final Counters counters;
    private @Nullable SfuLevel counted;

    EstimateLevel(Counters counters) {
        this.counters = counters;
    }

    void is(long bps) {
        SfuLevel level = of(bps);
        if (level != counted) {
            gone();
            counted = level;
            counters.change(level, 1);
        }
    }

    void gone() {
        SfuLevel level = counted;
        if (level != null) {
            counters.change(level, -1);
            counted = null;
        }
    }

    private static SfuLevel of(long bps) {
        if (bps < SMALLEST_BPS) {
            return SfuLevel.LINES_TINY;
        }
        if (bps < MEDIUM_BPS) {
            return SfuLevel.LINES_SMALL;
        }
        return bps < LARGE_BPS ? SfuLevel.LINES_MEDIUM : SfuLevel.LINES_LARGE;
    }
}
