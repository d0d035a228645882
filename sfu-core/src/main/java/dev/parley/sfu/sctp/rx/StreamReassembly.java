package dev.parley.sfu.sctp.rx;

import dev.parley.sfu.sctp.packet.DataHeader;
import dev.parley.sfu.sctp.packet.Serial;
import java.util.Collection;
import java.util.TreeMap;

/// One incoming stream: its messages that are not whole, and those that wait for an earlier one. One loop's thread.
///
/// Fragments of DATA stand together by their TSNs; those of I-DATA have numbers of their own, so that messages may be
/// sent in turns.
final class StreamReassembly {
    private final int stream;
    private final boolean interleaved;

    /// Ordered messages by number, and with I-DATA the unordered ones by theirs.
    private final TreeMap<Long, Fragments> ordered = new TreeMap<>();

    private final TreeMap<Long, Fragments> unordered = new TreeMap<>();

    /// Unordered fragments of DATA have nothing but their TSNs.
    private final Fragments loose = new Fragments();

    private long nextOrdered;
    private long unorderedDone;
    private int cost;

    StreamReassembly(int stream, boolean interleaved) {
        this.stream = stream;
        this.interleaved = interleaved;
        restart();
    }

    /// Memory that waits here.
    int cost() {
        return cost;
    }

    /// Takes one fragment; whole messages that may be delivered now are added to `done`.
    ///
    /// @return the bytes of the message so far, if it is not whole yet
    int add(DataHeader header, long tsnIndex, byte[] bytes, Collection<ReceivedMessage> done) {
        if (header.begin() && header.end() && isNext(header)) {
            return pass(header, bytes, done);
        }
        long order = interleaved ? Integer.toUnsignedLong(header.fsn()) : tsnIndex;
        Fragment fragment = new Fragment(order, header.begin(), header.end(), header.ppid(), bytes);
        if (!header.unordered()) {
            return addOrdered(number(nextOrdered, header.number()), fragment, done);
        }
        return interleaved
                ? addUnordered(number(unorderedDone, header.number()), fragment, done)
                : addLoose(fragment, done);
    }

    /// That nothing waits here, and that the header's message waits for none: most are so.
    private boolean isNext(DataHeader header) {
        return cost == 0 && (header.unordered() || number(nextOrdered, header.number()) == nextOrdered);
    }

    /// A message that is whole by itself goes on as it came.
    private int pass(DataHeader header, byte[] bytes, Collection<ReceivedMessage> done) {
        if (!header.unordered()) {
            nextOrdered++;
        } else if (interleaved) {
            unorderedDone = Math.max(unorderedDone, number(unorderedDone, header.number()));
        }
        done.add(new ReceivedMessage(stream, header.ppid(), bytes));
        return bytes.length;
    }

    private int addOrdered(long number, Fragment fragment, Collection<ReceivedMessage> done) {
        if (number < nextOrdered) {
            return 0;
        }
        Fragments message = ordered.computeIfAbsent(number, n -> new Fragments());
        keep(message, fragment);
        deliverOrdered(done);
        return message.bytes();
    }

    private void deliverOrdered(Collection<ReceivedMessage> done) {
        Fragments next = ordered.get(nextOrdered);
        while (next != null && next.isWhole()) {
            deliver(next, done);
            ordered.remove(nextOrdered++);
            next = ordered.get(nextOrdered);
        }
    }

    private int addUnordered(long number, Fragment fragment, Collection<ReceivedMessage> done) {
        Fragments message = unordered.computeIfAbsent(number, n -> new Fragments());
        keep(message, fragment);
        int bytes = message.bytes();
        if (message.isWhole()) {
            deliver(message, done);
            unordered.remove(number);
        }
        unorderedDone = Math.max(unorderedDone, number);
        return bytes;
    }

    private void keep(Fragments message, Fragment fragment) {
        if (message.add(fragment) >= 0) {
            cost += fragment.cost();
        }
    }

    private void deliver(Fragments message, Collection<ReceivedMessage> done) {
        cost -= message.cost();
        done.add(new ReceivedMessage(stream, message.get(0).ppid(), message.joined()));
    }

    private int addLoose(Fragment fragment, Collection<ReceivedMessage> done) {
        int at = loose.add(fragment);
        if (at < 0) {
            return 0;
        }
        cost += fragment.cost();
        int from = at;
        while (!loose.get(from).begin() && follows(from)) {
            from--;
        }
        int to = at;
        while (!loose.get(to).end() && to + 1 < loose.size() && follows(to + 1)) {
            to++;
        }
        int bytes = bytes(from, to);
        if (loose.get(from).begin() && loose.get(to).end()) {
            done.add(new ReceivedMessage(stream, loose.get(from).ppid(), loose.joined(from, to + 1)));
            cost -= loose.remove(from, to + 1);
        }
        return bytes;
    }

    private boolean follows(int at) {
        return at > 0
                && loose.get(at - 1).order() + 1 == loose.get(at).order()
                && !loose.get(at - 1).end()
                && !loose.get(at).begin();
    }

    private int bytes(int from, int to) {
        int bytes = 0;
        for (int i = from; i <= to; i++) {
            bytes += loose.get(i).bytes().length;
        }
        return bytes;
    }

    /// The peer has given up the messages up to a number.
    void skip(boolean unorderedToo, int number, Collection<ReceivedMessage> done) {
        if (unorderedToo) {
            long last = number(unorderedDone, number);
            dropUpTo(unordered, last);
            unorderedDone = Math.max(unorderedDone, last);
        } else {
            long last = number(nextOrdered, number);
            dropUpTo(ordered, last);
            nextOrdered = Math.max(nextOrdered, last + 1);
            deliverOrdered(done);
        }
    }

    /// The same for fragments that have only TSNs.
    void skipLoose(long tsnIndex) {
        if (!loose.isEmpty()) {
            cost -= loose.remove(0, loose.countUpTo(tsnIndex));
        }
    }

    private void dropUpTo(TreeMap<Long, Fragments> messages, long last) {
        var gone = messages.headMap(last, true);
        gone.values().forEach(message -> cost -= message.cost());
        gone.clear();
    }

    /// The peer begins again with number 0.
    void restart() {
        ordered.clear();
        unordered.clear();
        loose.remove(0, loose.size());
        cost = 0;
        nextOrdered = Serial.first(0);
        unorderedDone = nextOrdered;
    }

    private long number(long reference, int wire) {
        return interleaved ? Serial.near(reference, wire) : Serial.near16(reference, wire);
    }
}
