package dev.parley.sfu.sctp.tx;

import dev.parley.sfu.sctp.packet.DataHeader;
import dev.parley.sfu.sctp.packet.Tlv;
import dev.parley.sfu.sctp.tx.SentChunk.Fate;

/// How many bytes are under way and how many chunks wait to be sent again: what all changes of fates add up to. One
/// loop's thread.
final class Flight {
    private final int headerBytes;
    private long bytes;
    private int toResend;

    Flight(boolean interleaved) {
        headerBytes = DataHeader.bytes(interleaved);
    }

    long bytes() {
        return bytes;
    }

    int toResend() {
        return toResend;
    }

    /// What a chunk takes in a packet.
    int size(SentChunk chunk) {
        return headerBytes + Tlv.padded(chunk.length);
    }

    void began(SentChunk chunk) {
        bytes += size(chunk);
    }

    void change(SentChunk chunk, Fate to) {
        if (chunk.fate == Fate.IN_FLIGHT) {
            bytes -= size(chunk);
        } else if (chunk.fate == Fate.TO_RESEND) {
            toResend--;
        }
        chunk.fate = to;
        if (to == Fate.IN_FLIGHT) {
            bytes += size(chunk);
        } else if (to == Fate.TO_RESEND) {
            toResend++;
        }
    }
}
