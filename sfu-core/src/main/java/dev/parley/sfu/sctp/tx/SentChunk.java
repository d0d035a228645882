package dev.parley.sfu.sctp.tx;

import dev.parley.sfu.sctp.packet.DataHeader;

/// A fragment that has a TSN, until the cumulative TSN passes it. One loop's thread.
final class SentChunk {
    /// What is known of it.
    enum Fate {
        IN_FLIGHT,
        TO_RESEND,
        ACKNOWLEDGED,
        ABANDONED
    }

    final long tsnIndex;
    final OutgoingMessage message;
    final int from;
    final int length;
    final int fsn;
    Fate fate = Fate.IN_FLIGHT;
    int missing;
    int transmissions;
    long sentNs;

    /// Which transmission of all this was: what left later and arrived shows that this did not.
    long order;

    SentChunk(long tsnIndex, OutgoingMessage message, int from, int length, int fsn) {
        this.tsnIndex = tsnIndex;
        this.message = message;
        this.from = from;
        this.length = length;
        this.fsn = fsn;
    }

    /// @param immediate asks for an acknowledgement at once, RFC 7053
    DataHeader header(boolean interleaved, boolean immediate) {
        return new DataHeader(
                interleaved,
                immediate,
                message.unordered,
                from == 0,
                from + length == message.payload.length(),
                (int) tsnIndex,
                message.stream,
                message.number,
                fsn,
                message.ppid);
    }

    boolean isInFlight() {
        return fate == Fate.IN_FLIGHT;
    }

    /// It could still be wanted.
    boolean isUnsettled() {
        return fate == Fate.IN_FLIGHT || fate == Fate.TO_RESEND;
    }

    boolean mayBeSentAgain(long nowNs) {
        return transmissions <= message.retransmissionsMax && !message.expired(nowNs);
    }
}
