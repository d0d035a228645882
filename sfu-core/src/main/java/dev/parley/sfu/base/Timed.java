package dev.parley.sfu.base;

/// Something on a loop that has to do something at a time of its own: a session, a room. Its loop asks `nextTimeNs`
/// after each turn in which it was touched (`Loop.touched`) and calls `onTime` when that has come.
public abstract class Timed extends Deadlines.Entry {
    /// `Deadlines.NEVER` when nothing is due.
    public abstract long nextTimeNs();

    public abstract void onTime(long nowNs);
}
