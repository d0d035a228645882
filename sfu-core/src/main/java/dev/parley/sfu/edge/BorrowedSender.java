package dev.parley.sfu.edge;

import dev.parley.sfu.base.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends from a socket that another loop owns, where sockets cannot be shared: one command a turn. The borrowing loop
/// only.
final class BorrowedSender implements UdpSender {
    private final Channel channel;
    private final int underWayMax;
    private final AtomicInteger underWay = new AtomicInteger();
    private List<DatagramPacket> batch = new ArrayList<>();

    /// @param underWayMax datagrams that the owning loop has not yet taken
    BorrowedSender(Channel channel, int underWayMax) {
        this.channel = channel;
        this.underWayMax = underWayMax;
    }

    @Override
    public boolean write(Packet packet, InetSocketAddress to) {
        if (!channel.isWritable() || underWay.get() + batch.size() >= underWayMax) {
            return false;
        }
        ByteBuf datagram = channel.alloc().directBuffer(packet.length());
        datagram.writeBytes(packet.array(), 0, packet.length());
        batch.add(new DatagramPacket(datagram, to));
        return true;
    }

    @Override
    public void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<DatagramPacket> full = batch;
        batch = new ArrayList<>(full.size());
        underWay.addAndGet(full.size());
        try {
            channel.eventLoop().execute(() -> send(full));
        } catch (RejectedExecutionException _) {
            full.forEach(DatagramPacket::release);
        }
    }

    /// The owning loop counts.
    @Override
    public long takeKernelDrops() {
        return 0;
    }

    private void send(List<DatagramPacket> datagrams) {
        underWay.addAndGet(-datagrams.size());
        for (DatagramPacket datagram : datagrams) {
            channel.write(datagram, channel.voidPromise());
        }
        channel.flush();
    }
}
