package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// The headers of a redundant audio payload, [RFC 2198 §3](https://www.rfc-editor.org/rfc/rfc2198#section-3): older
/// frames first, the packet's own (primary) last. Made once and filled anew for each packet without allocating; one
/// thread at a time.
///
///     |1|  block PT   |   timestamp offset 14   | block length 10 |     each redundant block
///     |0|  block PT   |                                               the primary
public final class RedPayload {
    /// Redundant blocks that are read; Chromium sends 1 or 2, libwebrtc's receiver takes no more than 32 in all.
    public static final int REDUNDANT_MAX = 31;

    /// Of one redundant block.
    public static final int HEADER_BYTES = 4;

    public static final int PRIMARY_HEADER_BYTES = 1;

    /// The longest redundant block.
    public static final int LENGTH_MAX = 0x3ff;

    private static final int MORE = 0x80;
    private static final int PAYLOAD_TYPE = 0x7f;

    private final int[] heads = new int[REDUNDANT_MAX];
    private final int[] offsets = new int[REDUNDANT_MAX];
    private int redundant;
    private int primaryType;
    private int primaryOffset;
    private int primaryLength;

    /// Reads the payload of `length` bytes at `from`.
    ///
    /// @return false when headers or blocks do not fit the payload, or there are too many
    public boolean parse(Packet p, int from, int length) {
        redundant = 0;
        int end = from + length;
        int at = from;
        while (at < end && (p.u8(at) & MORE) != 0) {
            if (at + 4 >= end || redundant == REDUNDANT_MAX) {
                return false;
            }
            heads[redundant++] = p.i32(at);
            at += 4;
        }
        return at < end && blocks(p.u8(at) & PAYLOAD_TYPE, at + 1, end);
    }

    private boolean blocks(int lastType, int from, int end) {
        int at = from;
        for (int i = 0; i < redundant; i++) {
            offsets[i] = at;
            at += length(i);
        }
        primaryType = lastType;
        primaryOffset = at;
        primaryLength = end - at;
        return at <= end;
    }

    /// Writes the header of a redundant block of at most `LENGTH_MAX` bytes.
    public static void header(Packet p, int at, int payloadType, int timestampOffset, int length) {
        p.i32(at, (MORE | payloadType) << 24 | timestampOffset << 10 | length);
    }

    public static void primaryHeader(Packet p, int at, int payloadType) {
        p.u8(at, payloadType);
    }

    public int redundantBlocks() {
        return redundant;
    }

    public int payloadType(int block) {
        return heads[block] >>> 24 & PAYLOAD_TYPE;
    }

    /// How much older than the packet's timestamp the block is.
    public int timestampOffset(int block) {
        return heads[block] >>> 10 & 0x3fff;
    }

    public int length(int block) {
        return heads[block] & 0x3ff;
    }

    /// Index in the packet.
    public int offset(int block) {
        return offsets[block];
    }

    public int primaryPayloadType() {
        return primaryType;
    }

    /// Index in the packet.
    public int primaryOffset() {
        return primaryOffset;
    }

    public int primaryLength() {
        return primaryLength;
    }
}
