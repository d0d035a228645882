package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// The VP8 payload descriptor of one packet, [RFC 7741 §4.2](https://www.rfc-editor.org/rfc/rfc7741#section-4.2),
/// and what follows of the frame's own header (§4.3). Made once and filled anew for each packet without
/// allocating; one thread at a time.
///
///     |X|R|N|S|R| PID |                          required
///     |I|L|T|K|  RSV  |                          when X
///     |M| PictureID 7 | or |M| PictureID 15 |    when I
///     |   TL0PICIDX   |                          when L
///     |TID|Y| KEYIDX  |                          when T or K
///
/// `rewrite` changes picture id and TL0PICIDX in place in a copy of the payload: each keeps the width that the
/// publisher chose, so the payload's length never changes.
public final class Vp8Descriptor {
    /// The packet has no such field.
    public static final int NONE = -1;

    private int length;
    private boolean start;
    private boolean droppable;
    private boolean keyFrame;
    private int width;
    private int height;
    private int pictureIdAt;
    private int pictureIdBits;
    private int pictureId;
    private int tl0At;
    private int tl0PicIdx;
    private int temporalLayer;
    private boolean layerSync;

    /// Reads the payload of `length` bytes at `from`.
    ///
    /// @return false when the descriptor is cut off or nothing follows it: not a VP8 packet
    public boolean parse(Packet p, int from, int length) {
        clear();
        int end = from + length;
        if (length < 1) {
            return false;
        }
        int first = p.u8(from);
        start = (first & 0x17) == 0x10; // S set and partition 0
        droppable = (first & 0x20) != 0;
        int at = from + 1;
        if ((first & 0x80) != 0) {
            at = extended(p, from, at, end);
        }
        if (at < 0 || at >= end) {
            return false;
        }
        this.length = at - from;
        if (start) {
            frameHeader(p, at, end);
        }
        return true;
    }

    private void clear() {
        keyFrame = false;
        width = 0;
        height = 0;
        pictureIdAt = NONE;
        pictureIdBits = 0;
        pictureId = NONE;
        tl0At = NONE;
        tl0PicIdx = NONE;
        temporalLayer = NONE;
        layerSync = false;
    }

    /// @return index behind the optional fields, -1 when they are cut off
    private int extended(Packet p, int from, int extensionAt, int end) {
        if (extensionAt >= end) {
            return -1;
        }
        int flags = p.u8(extensionAt);
        int at = extensionAt + 1;
        if ((flags & 0x80) != 0) {
            if (at >= end) {
                return -1;
            }
            pictureIdAt = at - from;
            pictureIdBits = (p.u8(at) & 0x80) != 0 ? 15 : 7;
            if (at + pictureIdBits / 7 > end) {
                return -1;
            }
            pictureId = pictureIdBits == 7 ? p.u8(at) : p.u16(at) & 0x7fff;
            at += pictureIdBits / 7;
        }
        return layers(p, from, at, end, flags);
    }

    private int layers(Packet p, int from, int layersAt, int end, int flags) {
        int at = layersAt;
        if ((flags & 0x40) != 0) {
            if (at >= end) {
                return -1;
            }
            tl0At = at - from;
            tl0PicIdx = p.u8(at++);
        }
        if ((flags & 0x30) != 0) {
            if (at >= end) {
                return -1;
            }
            int layer = p.u8(at++);
            temporalLayer = (flags & 0x20) != 0 ? layer >> 6 : NONE;
            layerSync = (layer & 0x20) != 0;
        }
        return at;
    }

    /// RFC 6386 §9.1: P is 0 in a key frame; start code and size follow the three bytes of the frame tag.
    private void frameHeader(Packet p, int at, int end) {
        keyFrame = (p.u8(at) & 1) == 0;
        if (keyFrame && end - at >= 10 && p.u24(at + 3) == 0x9d012a) {
            width = (p.u8(at + 7) << 8 | p.u8(at + 6)) & 0x3fff;
            height = (p.u8(at + 9) << 8 | p.u8(at + 8)) & 0x3fff;
        }
    }

    /// Writes other numbers into a copy of the payload that was parsed last; fields that it does not have are
    /// left out, higher bits than a field has are cut off.
    public void rewrite(Packet copy, int payloadAt, int newPictureId, int newTl0PicIdx) {
        if (pictureIdBits == 15) {
            copy.u16(payloadAt + pictureIdAt, 0x8000 | (newPictureId & 0x7fff));
        } else if (pictureIdBits == 7) {
            copy.u8(payloadAt + pictureIdAt, newPictureId & 0x7f);
        }
        if (tl0At != NONE) {
            copy.u8(payloadAt + tl0At, newTl0PicIdx);
        }
    }

    /// Bytes of the descriptor; the VP8 data begins behind them.
    public int length() {
        return length;
    }

    /// True on the first packet of a frame.
    public boolean startsFrame() {
        return start;
    }

    /// True on the first packet of a key frame, false on all others.
    public boolean startsKeyFrame() {
        return keyFrame;
    }

    /// No other frame depends on this one (N).
    public boolean droppable() {
        return droppable;
    }

    /// Of a key frame; 0 when not in this packet.
    public int width() {
        return width;
    }

    /// Of a key frame; 0 when not in this packet.
    public int height() {
        return height;
    }

    public boolean hasPictureId() {
        return pictureIdAt != NONE;
    }

    public boolean hasTl0PicIdx() {
        return tl0At != NONE;
    }

    /// 7, 15, or 0 without a picture id: how many bits wrap.
    public int pictureIdBits() {
        return pictureIdBits;
    }

    public int pictureId() {
        return pictureId;
    }

    public int tl0PicIdx() {
        return tl0PicIdx;
    }

    public int temporalLayer() {
        return temporalLayer;
    }

    /// The frame needs only the base layer, so that one may switch up here (Y).
    public boolean layerSync() {
        return layerSync;
    }

    /// Whether the payload begins a key frame; for those who need nothing else.
    static boolean startsKeyFrame(Packet p, int from, int length) {
        if (length < 1 || (p.u8(from) & 0x17) != 0x10) {
            return false;
        }
        int header = frameHeaderAt(p, from, length);
        return header < from + length && (p.u8(header) & 1) == 0;
    }

    private static int frameHeaderAt(Packet p, int from, int length) {
        int end = from + length;
        if ((p.u8(from) & 0x80) == 0 || length < 2) {
            return (p.u8(from) & 0x80) == 0 ? from + 1 : end;
        }
        int flags = p.u8(from + 1);
        int at = from + 2;
        if ((flags & 0x80) != 0) {
            at += at < end && (p.u8(at) & 0x80) != 0 ? 2 : 1;
        }
        return at + (flags >> 6 & 1) + ((flags & 0x30) != 0 ? 1 : 0);
    }
}
