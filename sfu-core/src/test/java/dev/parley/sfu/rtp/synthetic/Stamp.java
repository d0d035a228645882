package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Packet;

/// What every synthetic payload carries behind its codec's own bytes: who made it and which packet it was. The rest of
/// the payload follows from these numbers, so that a receiver knows every byte that it should get. Filled anew for each
/// packet; one thread.
///
///     | "PRLY" | publisher 16 | source 8 | encoding 8 | counter 32 | frame 32 |
///     | packet 8 | packets 8 | tl0 8 | level 8 | length 16 | filler ...
public final class Stamp {
    public static final int BYTES = 22;

    private static final int MAGIC = 0x50524c59;
    private static final int ODD = 0x9e37_79b1;

    public int publisher;
    public int source;
    public int encoding;
    /// How many packets of the encoding were made before this one.
    public long counter;
    public int frame;
    /// Which of the frame's packets this is.
    public int packet;

    public int packets;
    /// TL0PICIDX as the publisher wrote it.
    public int tl0PicIdx;
    /// As in the audio-level extension.
    public int audioLevel;

    /// Writes the stamp and its filler, `length` bytes from `at`.
    void write(Packet p, int at, int length) {
        p.i32(at, MAGIC);
        p.u16(at + 4, publisher);
        p.u8(at + 6, source);
        p.u8(at + 7, encoding);
        p.i32(at + 8, (int) counter);
        p.i32(at + 12, frame);
        p.u8(at + 16, packet);
        p.u8(at + 17, packets);
        p.u8(at + 18, tl0PicIdx);
        p.u8(at + 19, audioLevel);
        p.u16(at + 20, length);
        int filler = seed();
        for (int i = at + BYTES; i < at + length; i++) {
            p.u8(i, filler);
            filler = filler * ODD + i - at;
        }
    }

    /// Reads the stamp of a payload that reaches to `end`.
    ///
    /// @return false when a single byte is not as it was made
    boolean read(Packet p, int at, int end) {
        if (end - at < BYTES || p.i32(at) != MAGIC || p.u16(at + 20) != end - at) {
            return false;
        }
        publisher = p.u16(at + 4);
        source = p.u8(at + 6);
        encoding = p.u8(at + 7);
        counter = p.u32(at + 8);
        frame = p.i32(at + 12);
        packet = p.u8(at + 16);
        packets = p.u8(at + 17);
        tl0PicIdx = p.u8(at + 18);
        audioLevel = p.u8(at + 19);
        int filler = seed();
        for (int i = at + BYTES; i < end; i++) {
            if (p.u8(i) != (filler & 0xff)) {
                return false;
            }
            filler = filler * ODD + i - at;
        }
        return true;
    }

    boolean startsFrame() {
        return packet == 0;
    }

    boolean endsFrame() {
        return packet == packets - 1;
    }

    private int seed() {
        int seed = publisher;
        seed = seed * ODD + source;
        seed = seed * ODD + encoding;
        seed = seed * ODD + (int) counter;
        seed = seed * ODD + frame;
        return seed * ODD + (packet << 24 | packets << 16 | tl0PicIdx << 8 | audioLevel);
    }

    @Override
    public String toString() {
        return "publisher %d source %d encoding %d counter %d frame %d packet %d/%d"
                .formatted(publisher, source, encoding, counter, frame, packet, packets);
    }
}
