package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;

/// One address of the peer that has proved to know the password, and when it did what. Plain fields, read and
/// written by the package on one loop's thread.
final class BoundPath {
    final Flow flow;

    /// The last authenticated check or packet.
    long heardNs;

    boolean carriedMedia;

    /// Whether a check with USE-CANDIDATE came, and when the last one did.
    boolean nominated;

    long nominatedNs;

    /// When our first answer left, until the packet that it caused has come.
    private final long answeredNs;

    private boolean timed;

    BoundPath(Flow flow, long nowNs) {
        this.flow = flow;
        this.heardNs = nowNs;
        this.answeredNs = nowNs;
    }

    /// True once: for the first packet that is no check. A peer sends it as soon as it has an answer to a
    /// check.
    boolean firstPacket() {
        boolean first = !timed;
        timed = true;
        return first;
    }

    long sinceAnswerNs(long nowNs) {
        return nowNs - answeredNs;
    }
}
