package dev.parley.sfu.base;

/// The event loop that owns something. `post` may be called from any thread and runs the command later on the loop,
/// in the order of posting; everything else that a loop owns is touched by such commands and by its own turn only.
public interface Loop {
    void post(Runnable command);

    /// True on the loop's own thread: what is owned may be touched at once.
    boolean inLoop();

    /// The time of the current turn, read once at its begin. On the loop only.
    long nowNs();

    /// `timed` may have a new `nextTimeNs`: the loop asks for it at the end of the turn. On the loop only.
    void touched(Timed timed);

    /// `timed` is over: it will not be called again. On the loop only.
    void forget(Timed timed);

    /// Runs `action` once when the current turn ends, before the sockets are flushed: what a turn gathered for another
    /// loop is handed over then, one batch each. On the loop only; asking again for the same action changes
    /// nothing.
    void atEndOfTurn(Runnable action);

    /// The loop's packets; to be used on the loop only.
    PacketPool packets();

    Counters counters();
}
