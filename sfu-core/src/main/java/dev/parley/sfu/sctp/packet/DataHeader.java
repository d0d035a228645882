package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// What stands before a fragment's bytes.
///
/// DATA, [RFC 9260 §3.3.1](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.1), flags `I U B E`:
///
///     | type = 0 | flags | length | TSN | stream | SSN | PPID | bytes …
///
/// I-DATA, [RFC 8260 §2.1](https://www.rfc-editor.org/rfc/rfc8260#section-2.1): a first fragment has the PPID and is
/// number 0, each further one has its number there:
///
///     | type = 64 | flags | length | TSN | stream | reserved | MID | PPID or FSN | bytes …
///
/// @param number the message's in its stream: the SSN, or the MID
/// @param ppid of I-DATA only in the first fragment
public record DataHeader(
        boolean interleaved,
        boolean immediate,
        boolean unordered,
        boolean begin,
        boolean end,
        int tsn,
        int stream,
        int number,
        int fsn,
        int ppid) {
    private static final int END = 1;
    private static final int BEGIN = 2;
    private static final int UNORDERED = 4;
    private static final int IMMEDIATE = 8;

    static DataHeader of(boolean interleaved, int flags, int tsn, int stream, int number, int fsn, int ppid) {
        return new DataHeader(
                interleaved,
                (flags & IMMEDIATE) != 0,
                (flags & UNORDERED) != 0,
                (flags & BEGIN) != 0,
                (flags & END) != 0,
                tsn,
                stream,
                number,
                fsn,
                ppid);
    }

    /// Of header alone.
    public static int bytes(boolean interleaved) {
        return interleaved ? 20 : 16;
    }

    public int type() {
        return interleaved ? ChunkType.I_DATA : ChunkType.DATA;
    }

    public int flags() {
        return (end ? END : 0) | (begin ? BEGIN : 0) | (unordered ? UNORDERED : 0) | (immediate ? IMMEDIATE : 0);
    }

    /// The chunk up to its payload; the caller writes that and the padding.
    public void write(WireWriter w, int payloadBytes) {
        w.u8(type()).u8(flags()).u16(bytes(interleaved) + payloadBytes);
        writeFields(w);
    }

    void writeFields(WireWriter w) {
        w.i32(tsn).u16(stream);
        if (interleaved) {
            w.u16(0).i32(number).i32(begin ? ppid : fsn);
        } else {
            w.u16(number).i32(ppid);
        }
    }
}
