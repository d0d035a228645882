package dev.parley.sfu.edge;

import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.stream.FrameQueue;
import dev.parley.sfu.stream.FrameReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One TCP connection on the loop of the participant whom its first check named. That loop only.
///
/// Whoever owns the socket holds at most `UNDER_WAY_MAX` bytes that the system has not taken; the rest waits here,
/// where voices can overtake pictures and what comes too late can be dropped.
final class MediaStream {
    private static final int UNDER_WAY_MAX = 16 * 1024;

    private final MediaLoop loop;
    private final TcpConnection connection;
    private final Flow flow;
    private final FrameReader reader;
    private final FrameQueue queue;
    private final Consumer<Packet> deliver = this::deliver;
    private @Nullable Route route;
    private int underWay;
    private boolean closed;

    MediaStream(MediaLoop loop, TcpConnection connection) {
        this.loop = loop;
        this.connection = connection;
        this.flow = Flow.tcp(connection.local(), connection.remote());
        this.reader = new FrameReader(loop.packets());
        this.queue = new FrameQueue(loop.limits(), loop.counters());
    }

    Flow flow() {
        return flow;
    }

    /// Who bound the connection.
    @Nullable
    Endpoint endpoint() {
        return route == null ? null : route.endpoint();
    }

    void bind(Endpoint endpoint) {
        if (route == null) {
            connection.proven();
        }
        route = new Route(flow, loop.index(), endpoint, endpoint);
    }

    void read(byte[] bytes) {
        if (closed) {
            return;
        }
        if (reader.read(ByteBuffer.wrap(bytes), deliver)) {
            connection.more();
        } else {
            loop.counters().add(SfuCounter.TOO_LONG);
            loop.streams().closed(this);
        }
    }

    private void deliver(Packet packet) {
        packet.arrivalNs(loop.nowNs());
        loop.delivery().framed(packet, flow, route);
    }

    boolean takes(int ssrc, long nowNs) {
        return queue.takes(ssrc, nowNs);
    }

    /// Takes over the packet.
    void send(Packet packet, long nowNs) {
        queue.add(packet, nowNs);
    }

    void flush(long nowNs) {
        if (!closed && underWay < UNDER_WAY_MAX && !queue.isEmpty()) {
            write(UNDER_WAY_MAX, nowNs);
        }
    }

    /// The last words leave, whatever is under way.
    void finish(long nowNs) {
        write(Integer.MAX_VALUE, nowNs);
        close();
    }

    /// Whoever is bound is not told.
    void close() {
        if (!closed) {
            closed = true;
            reader.close();
            queue.close();
            connection.close();
        }
    }

    private void write(int underWayMax, long nowNs) {
        byte[] batch = new byte[Math.min(queue.bytes(), UNDER_WAY_MAX + Packet.CAPACITY)];
        int length = 0;
        while (underWay + length < underWayMax) {
            Packet packet = queue.poll(nowNs);
            if (packet == null) {
                break;
            }
            int end = length + FrameReader.PREFIX_BYTES + packet.length();
            batch = end <= batch.length ? batch : Arrays.copyOf(batch, 2 * end);
            Bytes.u16(batch, length, packet.length());
            System.arraycopy(packet.array(), 0, batch, length + FrameReader.PREFIX_BYTES, packet.length());
            length = end;
            packet.release();
        }
        if (length > 0) {
            hand(length == batch.length ? batch : Arrays.copyOf(batch, length));
        }
    }

    private void hand(byte[] batch) {
        underWay += batch.length;
        connection.write(batch, () -> loop.post(() -> left(batch.length)));
    }

    private void left(int bytes) {
        underWay -= bytes;
        loop.streams().drained(this);
    }
}
