package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// The AV1 aggregation header, AV1 RTP payload specification §4.4. Stateless.
///
///     |Z|Y| W |N|-|-|-|
public final class Av1 {
    private static final int CONTINUES = 0x80;
    private static final int NEW_SEQUENCE = 0x08;

    private Av1() {}

    /// True on the first packet of a coded video sequence (N), which is where decoding can begin. N together with
    /// Z, a sequence that begins in the middle of a unit, is not allowed.
    public static boolean startsKeyFrame(Packet p, int from, int length) {
        return length > 1 && (p.u8(from) & (CONTINUES | NEW_SEQUENCE)) == NEW_SEQUENCE;
    }

    /// True when the packet begins with the rest of a unit (Z).
    public static boolean continuesUnit(Packet p, int from, int length) {
        return length > 0 && (p.u8(from) & CONTINUES) != 0;
    }
}
