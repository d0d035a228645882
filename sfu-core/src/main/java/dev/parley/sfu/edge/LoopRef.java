package dev.parley.sfu.edge;

import java.util.function.Consumer;

/// The way to a media loop for everyone who is not on it. Callable from any thread.
public record LoopRef(MediaLoop loop) {
    /// Runs later on the loop, in the order of calls.
    public void run(Consumer<MediaLoop> command) {
        loop.post(() -> command.accept(loop));
    }

    /// What the ufrags of its endpoints name.
    public int index() {
        return loop.index();
    }

    /// How many endpoints it has, as of a moment ago.
    public int load() {
        return loop.load();
    }
}
