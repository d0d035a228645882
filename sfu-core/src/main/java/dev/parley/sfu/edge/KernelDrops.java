package dev.parley.sfu.edge;

import io.netty.channel.Channel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What the kernel dropped at one socket, by Linux' socket option SO_MEMINFO: nine native 32-bit numbers, the last of
/// which counts drops. Sockets without the option report none. The socket's loop only.
final class KernelDrops {
    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int DROPS_AT = 8 * Integer.BYTES;
    private static final RawUnixChannelOption MEMINFO =
            new RawUnixChannelOption("SO_MEMINFO", SOL_SOCKET, SO_MEMINFO, DROPS_AT + Integer.BYTES);

    private final Channel channel;
    private int before;

    KernelDrops(Channel channel) {
        this.channel = channel;
    }

    /// Since the last call.
    long take() {
        ByteBuffer info = channel.isOpen() ? channel.config().getOption(MEMINFO) : null;
        if (info == null || info.capacity() < DROPS_AT + Integer.BYTES) {
            return 0;
        }
        int now = info.order(ByteOrder.nativeOrder()).getInt(DROPS_AT);
        long since = Integer.toUnsignedLong(now - before);
        before = now;
        return since;
    }
}
