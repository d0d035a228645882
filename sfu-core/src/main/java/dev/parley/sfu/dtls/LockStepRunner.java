package dev.parley.sfu.dtls;

import java.util.function.Consumer;

/// Runs a handshake's thread and the owner's loop strictly in turns.
final class LockStepRunner extends DtlsRunner {
    LockStepRunner(HalfOpenHandshakes halfOpen) {
        super(halfOpen);
    }

    @Override
    long nowNs(long lastKnownNs) {
        return lastKnownNs;
    }

    @Override
    HandshakeRun start(HandshakeTask task, HalfOpenHandshakes halfOpen, Consumer<HandshakeStep> sink) {
        HandshakeThread thread = new HandshakeThread(task, halfOpen, () -> {});
        return new HandshakeRun() {
            @Override
            public void begin() {
                thread.start();
                turn();
            }

            @Override
            public void feed(byte[] records) {
                thread.feed(records);
                turn();
            }

            @Override
            public void cancel() {
                thread.cancel();
                thread.awaitIdle();
            }

            private void turn() {
                thread.awaitIdle();
                HandshakeStep step = thread.take();
                if (step != null) {
                    sink.accept(step);
                }
            }
        };
    }
}
