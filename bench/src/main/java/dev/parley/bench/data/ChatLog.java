package dev.parley.bench.data;

import dev.parley.bench.report.Figures;

/// When each message of a talk was said, and when each of the others had it. `said` before the message is handed to the
/// participants' loop, everything else on that loop.
final class ChatLog {
    private final int people;
    private final int[] sender;
    private final long[] saidNs;
    private final long[] storedNs;
    private final long[][] heardNs;
    private int twice;
    private int refused;

    ChatLog(int people, int messages) {
        this.people = people;
        this.sender = new int[messages];
        this.saidNs = new long[messages];
        this.storedNs = new long[messages];
        this.heardNs = new long[messages][people];
    }

    void said(int message, int person, long nowNs) {
        sender[message] = person;
        saidNs[message] = nowNs;
    }

    /// The server has acknowledged it.
    void stored(int message, long nowNs) {
        storedNs[message] = nowNs;
    }

    /// The server would not have it.
    void refused() {
        refused++;
    }

    /// Somebody has it; what one says oneself comes back as well and counts for nothing.
    void heard(int message, int person, long nowNs) {
        twice += heardNs[message][person] == 0 ? 0 : 1;
        heardNs[message][person] = nowNs;
    }

    /// What became of the messages from one to before another.
    Talk talk(int from, int to) {
        Figures heardMs = new Figures();
        Figures storedMs = new Figures();
        for (int message = from; message < to; message++) {
            if (storedNs[message] != 0) {
                storedMs.add((storedNs[message] - saidNs[message]) / 1e6);
            }
            for (int person = 0; person < people; person++) {
                if (person != sender[message] && heardNs[message][person] != 0) {
                    heardMs.add((heardNs[message][person] - saidNs[message]) / 1e6);
                }
            }
        }
        return new Talk((long) (to - from) * (people - 1), heardMs, storedMs, twice, refused);
    }

    /// @param due deliveries that there should be
    /// @param heardMs from before a message was sent until one of the others had it
    /// @param storedMs until its sender knew that it is on the disk
    /// @param twice deliveries of what somebody had already, in the whole log
    /// @param refused messages that the server would not have, in the whole log
    record Talk(long due, Figures heardMs, Figures storedMs, int twice, int refused) {
        long lost() {
            return due - heardMs.size();
        }
    }
}
