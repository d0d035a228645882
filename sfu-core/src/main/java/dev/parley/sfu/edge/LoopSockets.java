package dev.parley.sfu.edge;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one loop sends from, by local address. One loop only.
final class LoopSockets {
    private final Counters counters;
    private final Limits limits;
    private final Map<InetSocketAddress, UdpSender> senders = new HashMap<>();
    private @Nullable InetSocketAddress lastLocal;
    private @Nullable UdpSender lastSender;

    LoopSockets(Counters counters, Limits limits) {
        this.counters = counters;
        this.limits = limits;
    }

    void opened(InetSocketAddress local, UdpSender sender) {
        senders.put(local, sender);
        lastLocal = null;
    }

    void closed(InetSocketAddress local) {
        senders.remove(local);
        lastLocal = null;
    }

    int size() {
        return senders.size();
    }

    /// Takes over the packet; it leaves with the next flush, from the address that the flow came to.
    void send(Packet packet, Flow flow) {
        UdpSender sender = sender(flow);
        if (packet.length() > limits.datagramBytes() && !packet.passedThrough()) {
            counters.add(SfuCounter.SEND_TOO_LONG);
        } else if (sender == null) {
            counters.add(SfuCounter.SEND_NO_SOCKET);
        } else if (!sender.write(packet, flow.remote())) {
            counters.add(SfuCounter.SEND_BLOCKED);
        }
        packet.release();
    }

    void flush() {
        for (UdpSender sender : senders.values()) {
            sender.flush();
        }
    }

    void countKernelDrops() {
        for (UdpSender sender : senders.values()) {
            counters.add(SfuCounter.KERNEL_DROPPED, sender.takeKernelDrops());
        }
    }

    /// Flows that came through one socket carry the very same local address, so that the last one is found at once.
    private @Nullable UdpSender sender(Flow flow) {
        if (flow.protocol() != Flow.Protocol.UDP) {
            return null;
        }
        if (flow.local() != lastLocal) {
            lastSender = senders.get(flow.local());
            lastLocal = flow.local();
        }
        return lastSender;
    }
}
