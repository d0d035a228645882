package dev.parley.sfu.edge;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Timed;

/// The timers of an endpoint that waits for nothing.
final class NeverDue extends Timed {
    @Override
    public long nextTimeNs() {
        return Deadlines.NEVER;
    }

    @Override
    public void onTime(long nowNs) {}
}
