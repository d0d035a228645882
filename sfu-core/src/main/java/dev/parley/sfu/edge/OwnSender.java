package dev.parley.sfu.edge;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/// Sends from a socket of the loop itself: gathers a turn by destination, and gives the kernel neighbours of equal
/// length as one message that it divides again (UDP_SEGMENT), because it is messages that cost there, not bytes. That
/// loop only.
final class OwnSender implements UdpSender {
    /// A turn that sends more is flushed in between: what was encrypted is still in the cache then.
    private static final int GATHERED_MAX = 1024;

    /// Between two flushes of the channel; below the mark at which it wants no more.
    private static final int UNFLUSHED_BYTES_MAX = 256 * 1024;

    /// The kernel allows 64 segments in 64 KiB.
    private static final int SEGMENTS_MAX = 32;

    /// The kernel divides messages but no segments: what is longer than some paths take, and came in so, leaves by
    /// itself
    /// and may be fragmented.
    private static final int SEGMENT_BYTES_MAX = 1_400;

    private final Channel channel;
    private final KernelDrops drops;
    private final Counters counters;
    private final SendQueue gathered = new SendQueue(GATHERED_MAX);
    private final SendQueue.Consumer send = this::send;
    private boolean segments;
    private int unflushedBytes;

    /// @param segments whether the kernel divides messages
    OwnSender(Channel channel, KernelDrops drops, Counters counters, boolean segments) {
        this.channel = channel;
        this.drops = drops;
        this.counters = counters;
        this.segments = segments;
    }

    @Override
    public boolean write(Packet packet, InetSocketAddress to) {
        if (gathered.isFull()) {
            flush();
        }
        if (!channel.isWritable()) {
            return false;
        }
        packet.retain();
        gathered.add(packet, to);
        return true;
    }

    @Override
    public void flush() {
        if (!gathered.isEmpty()) {
            gathered.drain(send);
            flushChannel();
        }
    }

    private void flushChannel() {
        unflushedBytes = 0;
        channel.flush();
    }

    /// To one destination, in order.
    private void send(Packet[] packets, int count, InetSocketAddress to) {
        for (int from = 0; from < count; ) {
            int end = segments ? endOfRun(packets, from, count) : from + 1;
            write(packets, from, end, to);
            from = end;
        }
    }

    /// Packets of one length, and one shorter one behind them, can be one message.
    private static int endOfRun(Packet[] packets, int from, int count) {
        int length = packets[from].length();
        int most = length > SEGMENT_BYTES_MAX ? from + 1 : Math.min(count, from + SEGMENTS_MAX);
        int end = from + 1;
        while (end < most && packets[end].length() == length) {
            end++;
        }
        return end < most && packets[end].length() < length ? end + 1 : end;
    }

    private void write(Packet[] packets, int from, int end, InetSocketAddress to) {
        if (channel.isWritable()) {
            int length = packets[from].length();
            ByteBuf bytes = channel.alloc().directBuffer(length * (end - from));
            for (int i = from; i < end; i++) {
                bytes.writeBytes(packets[i].array(), 0, packets[i].length());
            }
            unflushedBytes += bytes.readableBytes();
            channel.write(
                    end - from == 1 ? new DatagramPacket(bytes, to) : new SegmentedDatagramPacket(bytes, length, to),
                    channel.voidPromise());
        } else {
            counters.add(SfuCounter.SEND_BLOCKED, end - from);
        }
        for (int i = from; i < end; i++) {
            packets[i].release();
        }
        if (unflushedBytes > UNFLUSHED_BYTES_MAX) {
            flushChannel();
        }
    }

    /// The way out cannot divide messages after all, as some tunnels cannot: from now on each packet leaves by itself.
    void withoutSegments() {
        segments = false;
    }

    @Override
    public long takeKernelDrops() {
        return drops.take();
    }
}
