package dev.parley.sfu.edge;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Datagrams that one loop read and another one owns: gathered during a turn, posted as one command, copied over there,
/// and given back to the pool that they came from by one command back. Belongs to the loop that read them.
final class HandOver {
    private static final int FIRST_CAPACITY = 64;

    private final MediaLoop from;
    private final MediaLoop to;
    private final int max;
    private Batch batch = new Batch();
    private @Nullable Batch spare;
    private int away;

    /// @param max datagrams that the other loop has not yet given back
    HandOver(MediaLoop from, MediaLoop to, int max) {
        this.from = from;
        this.to = to;
        this.max = max;
    }

    /// Takes over the packet, unless there are too many.
    boolean add(Packet packet, Flow flow) {
        if (away + batch.size >= max) {
            return false;
        }
        batch.add(packet, flow);
        return true;
    }

    void flush() {
        if (batch.size == 0) {
            return;
        }
        Batch full = batch;
        batch = spare == null ? new Batch() : spare;
        spare = null;
        away += full.size;
        to.post(full);
    }

    /// Written by the one loop, then read by the other one, then cleared by the first one.
    private final class Batch implements Runnable {
        private Packet[] packets = new Packet[FIRST_CAPACITY];
        private Flow[] flows = new Flow[FIRST_CAPACITY];
        private int size;

        void add(Packet packet, Flow flow) {
            if (size == packets.length) {
                packets = Arrays.copyOf(packets, size * 2);
                flows = Arrays.copyOf(flows, size * 2);
            }
            packets[size] = packet;
            flows[size++] = flow;
        }

        /// On the other loop.
        @Override
        public void run() {
            for (int i = 0; i < size; i++) {
                to.delivery().handedOver(packets[i], flows[i]);
            }
            from.post(this::giveBack);
        }

        private void giveBack() {
            for (int i = 0; i < size; i++) {
                packets[i].release();
            }
            away -= size;
            size = 0;
            spare = this;
        }
    }
}
