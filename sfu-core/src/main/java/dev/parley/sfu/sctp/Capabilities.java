package dev.parley.sfu.sctp;

import dev.parley.sfu.sctp.packet.InitParameters;

/// What both ends can do. That the peer takes packets without a checksum says nothing about the other direction,
/// RFC 9653 §5.
record Capabilities(boolean partialReliability, boolean reconfig, boolean interleaving, boolean zeroChecksum) {

    static Capabilities of(SctpSettings ours, InitParameters theirs) {
        return new Capabilities(
                theirs.forwardTsn(),
                theirs.reconfig(),
                ours.interleaving() && theirs.interleaving(),
                ours.zeroChecksum() && theirs.zeroChecksum());
    }

    static Capabilities fromBits(int bits) {
        return new Capabilities((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }

    int bits() {
        return (partialReliability ? 1 : 0) | (reconfig ? 2 : 0) | (interleaving ? 4 : 0) | (zeroChecksum ? 8 : 0);
    }
}
