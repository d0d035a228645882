package dev.parley.sfu.edge;

import dev.parley.sfu.base.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/// Sends from a socket of the loop itself. That loop only.
final class OwnSender implements UdpSender {
    /// A turn that sends more is flushed in between: what was copied is still in the cache then.
    private static final int UNFLUSHED_MAX = 256;

    private final Channel channel;
    private final KernelDrops drops;
    private int unflushed;

    OwnSender(Channel channel, KernelDrops drops) {
        this.channel = channel;
        this.drops = drops;
    }

    @Override
    public boolean write(Packet packet, InetSocketAddress to) {
        if (unflushed == UNFLUSHED_MAX) {
            flush();
        }
        if (!channel.isWritable()) {
            return false;
        }
        ByteBuf datagram = channel.alloc().directBuffer(packet.length());
        datagram.writeBytes(packet.array(), 0, packet.length());
        channel.write(new DatagramPacket(datagram, to), channel.voidPromise());
        unflushed++;
        return true;
    }

    @Override
    public void flush() {
        if (unflushed > 0) {
            unflushed = 0;
            channel.flush();
        }
    }

    @Override
    public long takeKernelDrops() {
        return drops.take();
    }
}
