package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Loop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where BouncyCastle's blocking code runs. It always has a virtual thread of its own; what differs is whether the
/// owner waits for it. Either way its results reach the owner on the owner's loop.
public abstract sealed class DtlsRunner permits LockStepRunner, OffLoopRunner {
    private final HalfOpenHandshakes halfOpen;

    DtlsRunner(HalfOpenHandshakes halfOpen) {
        this.halfOpen = halfOpen;
    }

    /// The owner waits until the handshake wants the next datagram: deterministic, for virtual time.
    public static DtlsRunner lockStep(HalfOpenHandshakes halfOpen) {
        return new LockStepRunner(halfOpen);
    }

    /// The owner goes on; what the handshake did is posted to its loop. Keeps the milliseconds of a join away from
    /// media.
    public static DtlsRunner offLoop(Loop owner, HalfOpenHandshakes halfOpen) {
        return new OffLoopRunner(owner, halfOpen);
    }

    /// Null when too many are open already. Steps come to `sink` on the owner's loop, in order.
    @Nullable
    HandshakeRun open(HandshakeTask task, Consumer<HandshakeStep> sink) {
        return halfOpen.enter() ? start(task, halfOpen, sink) : null;
    }

    /// The time at which a step arrives: only a loop that was not in the middle of something knows a newer one.
    abstract long nowNs(long lastKnownNs);

    abstract HandshakeRun start(HandshakeTask task, HalfOpenHandshakes halfOpen, Consumer<HandshakeStep> sink);
}
