package dev.parley.sfu.session;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packets of sources that nobody has named yet, kept for a moment: the packet that names them is usually the next one.
/// Bounded in sources, in packets a source and in time.
final class HeldPackets {
    private final Limits limits;
    private final Map<Integer, ArrayDeque<Packet>> bySsrc = new HashMap<>();

    HeldPackets(Limits limits) {
        this.limits = limits;
    }

    /// Keeps a reference of its own.
    ///
    /// @return false when there is no room for it
    boolean hold(int ssrc, Packet packet) {
        ArrayDeque<Packet> held = bySsrc.get(ssrc);
        if (held == null) {
            if (bySsrc.size() == limits.ssrcsPerSession()) {
                return false;
            }
            held = new ArrayDeque<>();
            bySsrc.put(ssrc, held);
        }
        if (held.size() == limits.heldPacketsPerSsrc()) {
            return false;
        }
        packet.retain();
        held.add(packet);
        return true;
    }

    /// The packets of a source that is known now; the references are the caller's.
    List<Packet> take(int ssrc) {
        ArrayDeque<Packet> held = bySsrc.remove(ssrc);
        return held == null ? List.of() : new ArrayList<>(held);
    }

    /// When the oldest has waited too long.
    long nextTimeNs() {
        long next = Deadlines.NEVER;
        for (ArrayDeque<Packet> held : bySsrc.values()) {
            next = Math.min(next, held.getFirst().arrivalNs() + limits.heldNs());
        }
        return next;
    }

    /// Drops what waited too long.
    ///
    /// @return how many packets
    int dropOld(long nowNs) {
        int dropped = 0;
        for (ArrayDeque<Packet> held : bySsrc.values()) {
            while (!held.isEmpty() && nowNs - held.getFirst().arrivalNs() >= limits.heldNs()) {
                held.removeFirst().release();
                dropped++;
            }
        }
        bySsrc.values().removeIf(ArrayDeque::isEmpty);
        return dropped;
    }

    void clear() {
        bySsrc.values().forEach(held -> held.forEach(Packet::release));
        bySsrc.clear();
    }
}
