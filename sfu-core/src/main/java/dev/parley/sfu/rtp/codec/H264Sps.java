package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// The picture's size in a sequence parameter set of H.264, ITU-T H.264 §7.3.2.1.1. What
/// is cut off, malformed or encrypted has no size, or a wrong one within bounds.
///
///     | profile 8 | constraints 8 | level 8 | id ue | (chroma, depth, scaling lists) | frame_num ue | order count |
///     | references ue | gaps 1 | width ue | height ue | frames only 1 | (1) | 1 | cropped 1 | (4 x ue) | ...
public final class H264Sps {
    /// No size could be read.
    public static final int NONE = 0;

    /// Level 6.2 has no wider ones.
    private static final int SIDE_MAX = 16_384;

    private static final int NAL_TYPE = 0x1f;
    private static final int MACROBLOCK = 16;
    private static final int CYCLE_MAX = 255;
    private static final int GOLOMB_ZEROS_MAX = 24;

    /// Profiles whose sets say how colours are sampled.
    private static final int[] HIGH_PROFILES = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135};

    private final byte[] bytes;
    private final int end;
    private int at;
    private int bit;
    private int zeros;
    private boolean overrun;

    private H264Sps(Packet p, int from, int length) {
        bytes = p.array();
        at = from;
        end = from + length;
    }

    /// The size in this payload, width in the upper 16 bits; `NONE` where there is none.
    public static int size(Packet p, int from, int length) {
        if (length < 2) {
            return NONE;
        }
        int type = p.u8(from) & NAL_TYPE;
        if (type == H264.SPS) {
            return new H264Sps(p, from + 1, length - 1).read();
        }
        return type == H264.STAP_A ? ofAggregate(p, from + 1, from + length) : NONE;
    }

    private static int ofAggregate(Packet p, int from, int end) {
        int at = from;
        while (end - at > 2) {
            int size = p.u16(at);
            if (size == 0 || size > end - at - 2) {
                return NONE;
            }
            if ((p.u8(at + 2) & NAL_TYPE) == H264.SPS) {
                return new H264Sps(p, at + 3, size - 1).read();
            }
            at += 2 + size;
        }
        return NONE;
    }

    private int read() {
        int profile = bits(8);
        bits(16);
        golomb();
        int chroma = highProfile(profile) ? chroma() : 1;
        golomb();
        orderCount();
        golomb();
        bits(1);
        int width = (golomb() + 1) * MACROBLOCK;
        int rows = golomb() + 1;
        boolean framesOnly = bits(1) != 0;
        int fields = framesOnly ? 1 : 2;
        bits(framesOnly ? 1 : 2);
        int height = rows * MACROBLOCK * fields;
        if (bits(1) != 0) {
            int across = chroma == 1 || chroma == 2 ? 2 : 1;
            int down = (chroma == 1 ? 2 : 1) * fields;
            width -= (golomb() + golomb()) * across;
            height -= (golomb() + golomb()) * down;
        }
        boolean sane = !overrun && width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX;
        return sane ? width << 16 | height : NONE;
    }

    private static boolean highProfile(int profile) {
        for (int high : HIGH_PROFILES) {
            if (high == profile) {
                return true;
            }
        }
        return false;
    }

    private int chroma() {
        int chroma = golomb();
        if (chroma == 3) {
            bits(1);
        }
        golomb();
        golomb();
        bits(1);
        if (bits(1) != 0) {
            for (int list = 0; list < (chroma == 3 ? 12 : 8); list++) {
                if (bits(1) != 0) {
                    scalingList(list < 6 ? 16 : 64);
                }
            }
        }
        return chroma;
    }

    private void scalingList(int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size; i++) {
            if (next != 0) {
                next = last + signedGolomb() & 0xff;
            }
            last = next == 0 ? last : next;
        }
    }

    private void orderCount() {
        int type = golomb();
        if (type == 0) {
            golomb();
        } else if (type == 1) {
            bits(1);
            golomb();
            golomb();
            int cycle = Math.min(golomb(), CYCLE_MAX);
            for (int i = 0; i < cycle; i++) {
                golomb();
            }
        }
    }

    private int signedGolomb() {
        int code = golomb();
        return (code & 1) != 0 ? (code + 1) >> 1 : -(code >> 1);
    }

    /// §9.1; a code longer than any that has a use counts as cut off.
    private int golomb() {
        int leading = 0;
        while (bits(1) == 0) {
            if (overrun || ++leading > GOLOMB_ZEROS_MAX) {
                overrun = true;
                return 0;
            }
        }
        return (1 << leading) - 1 + bits(leading);
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | next();
        }
        return value;
    }

    /// §7.3.1: a 3 behind two zero bytes is not part of the set.
    private int next() {
        if (bit == 0 && zeros == 2 && at < end && bytes[at] == 3) {
            at++;
            zeros = 0;
        }
        if (at >= end) {
            overrun = true;
            return 0;
        }
        int value = bytes[at] >> (7 - bit) & 1;
        if (++bit == Byte.SIZE) {
            zeros = bytes[at] == 0 ? Math.min(2, zeros + 1) : 0;
            bit = 0;
            at++;
        }
        return value;
    }
}
