package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// Reads bit fields of a packet within bounds, most significant bit first. Behind the end it gives zeros and sets
/// `overrun`. Made once, used for many; one thread at a time.
final class BitReader {
    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean overrun;

    BitReader begin(Packet p, int from, int length) {
        bytes = p.array();
        at = from * 8;
        end = (from + length) * 8;
        overrun = false;
        return this;
    }

    int bits(int count) {
        if (count > end - at) {
            overrun = true;
            at = end;
            return 0;
        }
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = value << 1 | (bytes[at >> 3] >> (7 - (at & 7)) & 1);
        }
        return value;
    }

    boolean flag() {
        return bits(1) != 0;
    }

    /// A number below `range` in as few bits as that takes, AV1 RTP payload specification A.8.1 `ns(n)`.
    int belowRange(int range) {
        int width = 32 - Integer.numberOfLeadingZeros(range);
        int shorter = (1 << width) - range;
        int value = bits(width - 1);
        return value < shorter ? value : (value << 1) - shorter + bits(1);
    }

    boolean overrun() {
        return overrun;
    }
}
