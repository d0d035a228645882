package dev.parley.bench.synth;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/// One participant's UDP socket, connected to the server. On its loop only.
final class SynthSocket {
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

    /// Before others have their turn.
    private static final int READS_IN_A_ROW_MAX = 64;

    private final SynthLoop loop;
    private final DatagramChannel channel;
    private final SelectionKey key;
    private final Flow flow;
    private final Consumer<Packet> receiver;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Packet.CAPACITY);
    private long unsent;

    /// @param receiver gets each datagram, and borrows it
    SynthSocket(SynthLoop loop, InetSocketAddress server, Consumer<Packet> receiver) throws IOException {
        this.loop = loop;
        this.receiver = receiver;
        this.channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.configureBlocking(false);
        channel.connect(server);
        this.flow = Flow.udp((InetSocketAddress) channel.getLocalAddress(), server);
        this.key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
    }

    Flow flow() {
        return flow;
    }

    /// Datagrams that the kernel did not take, or that found nobody.
    long unsent() {
        return unsent;
    }

    /// From now on datagrams fill the kernel's buffer and are dropped there.
    void deafen() {
        key.interestOps(0);
    }

    void readAll() {
        int reads = 0;
        while (reads < READS_IN_A_ROW_MAX && read()) {
            reads++;
        }
    }

    private boolean read() {
        buffer.clear();
        int length;
        try {
            length = channel.isOpen() ? channel.read(buffer) : 0;
        } catch (IOException _) {
            return true; // an ICMP message about something that was sent; what came is behind it
        }
        if (length <= 0) {
            return false;
        }
        Packet packet = loop.packets().take();
        buffer.flip().get(packet.array(), 0, length);
        packet.length(length);
        packet.arrivalNs(System.nanoTime());
        receiver.accept(packet);
        packet.release();
        return true;
    }

    /// Takes the packet over.
    void send(Packet packet) {
        buffer.clear().put(packet.array(), 0, packet.length()).flip();
        packet.release();
        try {
            unsent += channel.write(buffer) == 0 ? 1 : 0;
        } catch (IOException _) {
            unsent++;
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
