package dev.parley.sfu.base;

import java.util.ArrayDeque;

/// Packets of one event loop, made when none is free and kept for the next time. Not thread-safe: one pool a loop.
public final class PacketPool {
    private final ArrayDeque<Packet> free = new ArrayDeque<>();
    private final int idleMax;
    private int outstanding;

    /// @param idleMax how many unused packets are kept; above it they are left to the collector
    public PacketPool(int idleMax) {
        this.idleMax = idleMax;
    }

    public Packet take() {
        Packet packet = free.pollLast();
        outstanding++;
        return (packet == null ? new Packet(this, Packet.CAPACITY) : packet).reset();
    }

    public Packet take(byte[] bytes) {
        Packet packet = take();
        packet.copyFrom(bytes, 0, bytes.length);
        return packet;
    }

    /// How many packets are with someone: zero when all sessions of a loop have ended.
    public int outstanding() {
        return outstanding;
    }

    void giveBack(Packet packet) {
        outstanding--;
        if (free.size() < idleMax) {
            free.addLast(packet);
        }
    }
}
