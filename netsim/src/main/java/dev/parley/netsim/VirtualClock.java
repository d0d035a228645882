package dev.parley.netsim;

/// Time that stands still until someone moves it forward. One thread.
public final class VirtualClock {
    private long nowNs;

    /// @param startNs any number: code must not depend on where its clock starts
    public VirtualClock(long startNs) {
        nowNs = startNs;
    }

    public long nowNs() {
        return nowNs;
    }

    public void advanceTo(long timeNs) {
        if (timeNs < nowNs) {
            throw new IllegalArgumentException("time runs forward only: now " + nowNs + ", asked " + timeNs);
        }
        nowNs = timeNs;
    }

    public void advance(long durationNs) {
        advanceTo(nowNs + durationNs);
    }
}
