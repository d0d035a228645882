package dev.parley.sfu.sctp;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import dev.parley.sfu.sctp.packet.InitChunk;

/// All that is needed to come up when the peer brings it back, so that an INIT leaves nothing behind here,
/// [RFC 9260 §5.1.3](https://www.rfc-editor.org/rfc/rfc9260#section-5.1.3).
///
/// @param peerOutgoing streams that the peer wants to send on
/// @param peerIncoming streams that the peer takes
/// @param tieOurs our tag of the association that there was when it was made, or 0
/// @param tieTheirs the peer's tag of that
record StateCookie(
        int ourTag,
        int theirTag,
        int ourTsn,
        int theirTsn,
        long theirWindow,
        int peerOutgoing,
        int peerIncoming,
        Capabilities capabilities,
        int tieOurs,
        int tieTheirs,
        long madeNs) {
    static final int BYTES = 4 * 4 + 4 + 2 + 2 + 4 + 2 * 4 + 8;

    static StateCookie of(
            int ourTag, int ourTsn, InitChunk init, Capabilities capabilities, int tieOurs, int tieTheirs, long nowNs) {
        return new StateCookie(
                ourTag,
                init.initiateTag(),
                ourTsn,
                init.initialTsn(),
                init.window(),
                init.outgoingStreams(),
                init.incomingStreams(),
                capabilities,
                tieOurs,
                tieTheirs,
                nowNs);
    }

    void write(WireWriter w) {
        w.i32(ourTag).i32(theirTag).i32(ourTsn).i32(theirTsn).u32(theirWindow);
        w.u16(peerOutgoing).u16(peerIncoming).i32(capabilities.bits());
        w.i32(tieOurs).i32(tieTheirs).i64(madeNs);
    }

    static StateCookie read(WireReader r) {
        return new StateCookie(
                r.i32(),
                r.i32(),
                r.i32(),
                r.i32(),
                r.u32(),
                r.u16(),
                r.u16(),
                Capabilities.fromBits(r.i32()),
                r.i32(),
                r.i32(),
                r.i64());
    }
}
