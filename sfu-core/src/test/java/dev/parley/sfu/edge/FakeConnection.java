package dev.parley.sfu.edge;

import dev.parley.sfu.api.TcpConnection;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A TCP connection that a test owns: keeps what is written and asked for. Any thread.
final class FakeConnection implements TcpConnection {
    private final InetSocketAddress remote;
    final List<byte[]> written = new CopyOnWriteArrayList<>();
    final List<Runnable> toTake = new CopyOnWriteArrayList<>();
    final AtomicInteger more = new AtomicInteger();
    volatile boolean blocked;
    volatile boolean proven;
    volatile boolean closed;

    FakeConnection(int port) {
        remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443);
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public void more() {
        more.incrementAndGet();
    }

    @Override
    public void write(byte[] bytes, Runnable left) {
        written.add(bytes);
        if (blocked) {
            toTake.add(left);
        } else {
            left.run();
        }
    }

    @Override
    public void proven() {
        proven = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    int bytesWritten() {
        return written.stream().mapToInt(bytes -> bytes.length).sum();
    }

    /// What was written, as the far end reads it.
    List<byte[]> frames() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        written.forEach(all::writeBytes);
        byte[] stream = all.toByteArray();
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < stream.length; ) {
            int end = at + 2 + ((stream[at] & 0xff) << 8 | (stream[at + 1] & 0xff));
            frames.add(Arrays.copyOfRange(stream, at + 2, end));
            at = end;
        }
        return frames;
    }
}
