package dev.parley.sfu.edge;

import dev.parley.sfu.base.Packet;
import java.net.InetSocketAddress;
import java.util.Arrays;

/// What a turn sends from one socket, gathered by destination: packets for the same one follow each other, in the order
/// in which they were added, so that neighbours can leave as one message. Holds a reference to each. One loop only;
/// allocates nothing once it is made.
///
/// A destination is one object: whoever sends to a flow has it from that flow. Two equal ones are two destinations,
/// which only keeps their packets from leaving together.
final class SendQueue {
    private static final int NONE = -1;

    /// Takes the packets of one destination.
    interface Consumer {
        /// @param packets valid during the call, the first `count` of them; the references are the consumer's
        void send(Packet[] packets, int count, InetSocketAddress to);
    }

    private final Packet[] packets;
    private final InetSocketAddress[] destinations;
    /// The next packet to the same destination.
    private final int[] next;
    /// By the first packet of a destination: its last one so far.
    private final int[] last;
    /// First packets, in the order of their destinations.
    private final int[] firsts;
    /// Open addressing: by a destination's hash, its first packet.
    private final int[] table;
    /// Where in it the destinations are.
    private final int[] places;

    private final Packet[] together;
    private int size;
    private int groups;

    /// @param capacity a power of two
    SendQueue(int capacity) {
        packets = new Packet[capacity];
        destinations = new InetSocketAddress[capacity];
        next = new int[capacity];
        last = new int[capacity];
        firsts = new int[capacity];
        table = new int[2 * capacity];
        places = new int[capacity];
        together = new Packet[capacity];
        Arrays.fill(table, NONE);
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == packets.length;
    }

    /// Takes over one reference. Not when full.
    void add(Packet packet, InetSocketAddress to) {
        int place = place(to);
        int first = table[place];
        packets[size] = packet;
        destinations[size] = to;
        next[size] = NONE;
        if (first == NONE) {
            table[place] = size;
            places[groups] = place;
            firsts[groups++] = size;
            last[size] = size;
        } else {
            next[last[first]] = size;
            last[first] = size;
        }
        size++;
    }

    private int place(InetSocketAddress to) {
        int place = System.identityHashCode(to) & table.length - 1;
        while (table[place] != NONE && destinations[table[place]] != to) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }

    /// Hands everything out and is empty.
    void drain(Consumer consumer) {
        for (int i = 0; i < groups; i++) {
            table[places[i]] = NONE;
            int count = 0;
            for (int at = firsts[i]; at != NONE; at = next[at]) {
                together[count++] = packets[at];
            }
            consumer.send(together, count, destinations[firsts[i]]);
        }
        size = 0;
        groups = 0;
    }
}
