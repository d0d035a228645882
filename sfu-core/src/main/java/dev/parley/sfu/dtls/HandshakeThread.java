package dev.parley.sfu.dtls;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/// The virtual thread of one handshake together with the transport in memory that it blocks on. The one place of this
/// package where two threads meet: everything is guarded by one lock, and neither side holds it while working.
final class HandshakeThread implements DatagramTransport {
    /// The largest record that is fed or sent; keeps BouncyCastle's buffers small. A datagram has less.
    private static final int RECORD_MAX = 2048;

    /// What may wait for the thread. A flight has six records; the rest can only be nonsense in epoch 1.
    private static final int INBOUND_MAX = 64;

    private final HandshakeTask task;
    private final HalfOpenHandshakes halfOpen;
    private final Runnable onStep;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fed = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private final ArrayDeque<byte[]> inbound = new ArrayDeque<>(4);
    private List<byte[]> sent = new ArrayList<>(8);
    private @Nullable HandshakeEnd end;
    private boolean waiting;
    private boolean cancelled;
    private boolean ended;

    /// @param onStep called on the handshake's thread whenever there is something to take
    HandshakeThread(HandshakeTask task, HalfOpenHandshakes halfOpen, Runnable onStep) {
        this.task = task;
        this.halfOpen = halfOpen;
        this.onStep = onStep;
    }

    void start() {
        Thread.ofVirtual().name("dtls-handshake").start(this::run);
    }

    private void run() {
        HandshakeEnd result = new HandshakeEnd.Failed(DtlsFailure.PROTOCOL);
        try {
            result = task.run(this);
        } finally {
            halfOpen.leave();
            finish(result);
        }
    }

    private void finish(HandshakeEnd result) {
        lock.lock();
        try {
            end = result;
            ended = true;
            inbound.clear();
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        onStep.run();
    }

    void feed(byte[] records) {
        lock.lock();
        try {
            if (!ended && !cancelled && inbound.size() < INBOUND_MAX) {
                inbound.add(records);
                waiting = false;
                fed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            waiting = false;
            fed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Until the thread waits for a datagram or has ended.
    void awaitIdle() {
        lock.lock();
        try {
            while (!waiting && !ended) {
                idle.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// What was done since the last call; null when nothing was, or after a cancel.
    @Nullable
    HandshakeStep take() {
        lock.lock();
        try {
            if (cancelled || (sent.isEmpty() && end == null)) {
                return null;
            }
            HandshakeStep step = new HandshakeStep(sent, end);
            sent = new ArrayList<>(8);
            end = null;
            return step;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        announce();
        byte[] record = next();
        int count = Math.min(length, record.length);
        System.arraycopy(record, 0, buffer, offset, count);
        return count;
    }

    /// Before it may block, what was sent goes on its way.
    private void announce() {
        boolean news;
        lock.lock();
        try {
            news = !sent.isEmpty();
        } finally {
            lock.unlock();
        }
        if (news) {
            onStep.run();
        }
    }

    private byte[] next() throws IOException {
        lock.lock();
        try {
            while (true) {
                if (cancelled) {
                    throw new IOException("handshake cancelled");
                }
                byte[] record = inbound.poll();
                if (record != null) {
                    return record;
                }
                waiting = true;
                idle.signalAll();
                fed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] record = Arrays.copyOfRange(buffer, offset, offset + length);
        lock.lock();
        try {
            if (!cancelled) {
                sent.add(record);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int getReceiveLimit() {
        return RECORD_MAX;
    }

    /// No record is larger than the datagrams that we send.
    @Override
    public int getSendLimit() {
        return Flight.DATAGRAM_MAX;
    }

    @Override
    public void close() {
        // BouncyCastle closes what it was given; the thread ends by itself then.
    }
}
