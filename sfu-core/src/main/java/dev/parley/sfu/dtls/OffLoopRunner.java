package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Loop;
import java.util.function.Consumer;

/// Lets a handshake's thread run beside the owner's loop and posts what it did.
final class OffLoopRunner extends DtlsRunner {
    private final Loop owner;

    OffLoopRunner(Loop owner, HalfOpenHandshakes halfOpen) {
        super(halfOpen);
        this.owner = owner;
    }

    @Override
    long nowNs(long lastKnownNs) {
        return owner.nowNs();
    }

    @Override
    HandshakeRun start(HandshakeTask task, HalfOpenHandshakes halfOpen, Consumer<HandshakeStep> sink) {
        return new Run(task, halfOpen, sink);
    }

    private final class Run implements HandshakeRun {
        private final HandshakeThread thread;
        private final Consumer<HandshakeStep> sink;

        Run(HandshakeTask task, HalfOpenHandshakes halfOpen, Consumer<HandshakeStep> sink) {
            this.sink = sink;
            this.thread = new HandshakeThread(task, halfOpen, () -> owner.post(this::collect));
        }

        private void collect() {
            HandshakeStep step = thread.take();
            if (step != null) {
                sink.accept(step);
            }
        }

        @Override
        public void begin() {
            thread.start();
        }

        @Override
        public void feed(byte[] records) {
            thread.feed(records);
        }

        @Override
        public void cancel() {
            thread.cancel();
        }
    }
}
