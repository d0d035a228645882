package dev.parley.sfu.stream;

import dev.parley.sfu.base.Packet;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Packets in the order of coming, each with the time when it came. One loop only; allocates nothing once it has grown.
final class PacketRing {
    private static final int FIRST_CAPACITY = 16;

    private @Nullable Packet[] packets = new Packet[FIRST_CAPACITY];
    private long[] addedNs = new long[FIRST_CAPACITY];
    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Packet packet, long nowNs) {
        if (size == packets.length) {
            grow();
        }
        int at = index(size++);
        packets[at] = packet;
        addedNs[at] = nowNs;
    }

    /// Null when there is none.
    @Nullable
    Packet first() {
        return packets[head];
    }

    /// When the first one came; there must be one.
    long firstNs() {
        return addedNs[head];
    }

    @Nullable
    Packet poll() {
        Packet first = packets[head];
        if (first != null) {
            packets[head] = null;
            head = index(1);
            size--;
        }
        return first;
    }

    /// Takes out each packet that fits, in their order; `wanted` may keep or release it.
    void removeIf(Predicate<Packet> wanted) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int from = index(i);
            Packet packet = packets[from];
            packets[from] = null;
            if (packet != null && !wanted.test(packet)) {
                int to = index(kept++);
                packets[to] = packet;
                addedNs[to] = addedNs[from];
            }
        }
        size = kept;
    }

    private int index(int offset) {
        return (head + offset) & (packets.length - 1);
    }

    private void grow() {
        @Nullable Packet[] larger = Arrays.copyOfRange(packets, head, head + packets.length * 2);
        long[] times = Arrays.copyOfRange(addedNs, head, head + packets.length * 2);
        System.arraycopy(packets, 0, larger, packets.length - head, head);
        System.arraycopy(addedNs, 0, times, packets.length - head, head);
        packets = larger;
        addedNs = times;
        head = 0;
    }
}
