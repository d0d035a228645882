package dev.parley.sfu.base;

/// The event loop that owns something. `post` may be called from any thread and runs the command later on the loop,
/// in the order of posting; everything else that a loop owns is touched by such commands and by its own turn only.
public interface Loop {
    void post(Runnable command);

    /// True on the loop's own thread: what is owned may be touched at once.
    boolean inLoop();

    /// The loop's packets; to be used on the loop only.
    PacketPool packets();

    Counters counters();
}
