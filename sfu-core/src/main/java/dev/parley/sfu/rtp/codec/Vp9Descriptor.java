package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// The VP9 payload descriptor of one packet, [RFC 9628
/// §4.2](https://www.rfc-editor.org/rfc/rfc9628#section-4.2). Made once and filled anew for each packet without
/// allocating; one thread at a time. `rewrite` changes picture id and TL0PICIDX in place in a copy of the
/// payload's begin, without changing a width.
///
///     |I|P|L|F|B|E|V|Z|                          required
///     |M| PICTURE ID 7 | or |M| PICTURE ID 15 |  when I
///     | TID |U| SID |D|                          when L
///     |   TL0PICIDX   |                          when L and not F
///     |   P_DIFF    |N|                          when P and F, up to 3 times
///     | scalability structure ...                when V
public final class Vp9Descriptor {
    /// The packet has no such field.
    public static final int NONE = -1;

    private static final int REFERENCES_MAX = 3;

    private int flags;
    private int from;
    private int length;
    private int tl0At;
    private int pictureId;
    private int pictureIdBits;
    private int temporalLayer;
    private int spatialLayer;
    private int layerFlags;
    private int tl0PicIdx;
    private int spatialLayers;
    private int width;
    private int height;

    /// Where reading stands; behind `end` when a field was cut off.
    private int at;

    /// Reads the payload of `length` bytes at `from`.
    ///
    /// @return false when the descriptor is cut off, breaks its rules, or nothing follows it
    public boolean parse(Packet p, int from, int length) {
        clear();
        int end = from + length;
        this.from = from;
        at = from;
        flags = take(p, end);
        boolean sane = pictureId(p, end) && layers(p, end) && references(p, end) && structure(p, end);
        this.length = at - from;
        return sane && at < end;
    }

    private void clear() {
        pictureId = NONE;
        pictureIdBits = 0;
        tl0At = NONE;
        temporalLayer = NONE;
        spatialLayer = NONE;
        layerFlags = 0;
        tl0PicIdx = NONE;
        spatialLayers = 0;
        width = 0;
        height = 0;
    }

    /// The next byte, 0 behind the end; reading goes on, so that `at` tells in the end.
    private int take(Packet p, int end) {
        int index = at++;
        return index < end ? p.u8(index) : 0;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private boolean pictureId(Packet p, int end) {
        if (has(0x80)) {
            int first = take(p, end);
            pictureIdBits = (first & 0x80) != 0 ? 15 : 7;
            pictureId = pictureIdBits == 15 ? (first & 0x7f) << 8 | take(p, end) : first;
        }
        return !flexible() || has(0x80); // §4.2: with F the picture id must be there
    }

    private boolean layers(Packet p, int end) {
        if (has(0x20)) {
            layerFlags = take(p, end);
            temporalLayer = layerFlags >> 5;
            spatialLayer = layerFlags >> 1 & 7;
            if (!flexible()) {
                tl0At = at - from;
                tl0PicIdx = take(p, end);
            }
        }
        return true;
    }

    private boolean references(Packet p, int end) {
        if (!interPicture() || !flexible()) {
            return true;
        }
        for (int i = 0; i < REFERENCES_MAX; i++) {
            if ((take(p, end) & 1) == 0) {
                return true;
            }
        }
        return false;
    }

    /// [§4.2.1](https://www.rfc-editor.org/rfc/rfc9628#section-4.2.1): N_S, sizes of the layers, picture group.
    private boolean structure(Packet p, int end) {
        if (!has(0x02)) {
            return true;
        }
        int head = take(p, end);
        spatialLayers = (head >> 5) + 1;
        if ((head & 0x10) != 0) {
            for (int i = 0; i < spatialLayers; i++) {
                width = take(p, end) << 8 | take(p, end);
                height = take(p, end) << 8 | take(p, end);
            }
        }
        int pictures = (head & 0x08) != 0 ? take(p, end) : 0;
        for (int i = 0; i < pictures && at < end; i++) {
            int references = take(p, end) >> 2 & 3;
            at += references;
        }
        return true;
    }

    /// Writes other numbers into a copy of the payload that was parsed last; fields that it does not have are left
    /// out, higher bits than a field has are cut off.
    public void rewrite(Packet copy, int payloadAt, int newPictureId, int newTl0PicIdx) {
        if (pictureIdBits == 15) {
            copy.u16(payloadAt + 1, 0x8000 | (newPictureId & 0x7fff));
        } else if (pictureIdBits == 7) {
            copy.u8(payloadAt + 1, newPictureId & 0x7f);
        }
        if (tl0At != NONE) {
            copy.u8(payloadAt + tl0At, newTl0PicIdx);
        }
    }

    /// The first bytes of the payload, which have all that `rewrite` changes.
    public int rewrittenLength() {
        return tl0At != NONE ? tl0At + 1 : 1 + (pictureIdBits + 1) / 8;
    }

    /// Bytes of the descriptor; the VP9 data begins behind them.
    public int length() {
        return length;
    }

    /// True on the first packet of a key picture: of its lowest spatial layer, as nothing above can be decoded
    /// without.
    public boolean startsKeyFrame() {
        return startsFrame() && !interPicture() && spatialLayer <= 0;
    }

    /// First packet of a layer's frame (B).
    public boolean startsFrame() {
        return has(0x08);
    }

    /// Last packet of a layer's frame (E).
    public boolean endsFrame() {
        return has(0x04);
    }

    /// Predicted from an earlier picture (P).
    public boolean interPicture() {
        return has(0x40);
    }

    public boolean flexible() {
        return has(0x10);
    }

    /// Not used to predict higher spatial layers (Z).
    public boolean notReferenceForHigherLayers() {
        return has(0x01);
    }

    /// Switching up to this temporal layer is possible here (U).
    public boolean switchingUpPoint() {
        return (layerFlags & 0x10) != 0;
    }

    /// Predicted from the spatial layer below (D).
    public boolean interLayer() {
        return (layerFlags & 0x01) != 0;
    }

    public int pictureId() {
        return pictureId;
    }

    /// 7, 15, or 0 without a picture id.
    public int pictureIdBits() {
        return pictureIdBits;
    }

    public int temporalLayer() {
        return temporalLayer;
    }

    public int spatialLayer() {
        return spatialLayer;
    }

    public int tl0PicIdx() {
        return tl0PicIdx;
    }

    /// Layers that the scalability structure names, 0 when the packet has none.
    public int spatialLayers() {
        return spatialLayers;
    }

    /// Of the highest layer in the scalability structure; 0 when not in this packet.
    public int width() {
        return width;
    }

    /// Of the highest layer in the scalability structure; 0 when not in this packet.
    public int height() {
        return height;
    }

    /// Whether the payload begins a key picture; for those who need nothing else.
    static boolean startsKeyFrame(Packet p, int from, int length) {
        if (length < 2 || (p.u8(from) & 0x48) != 0x08) { // B set, P not
            return false;
        }
        int flags = p.u8(from);
        if ((flags & 0x20) == 0) {
            return true;
        }
        int layersAt = from + 1;
        if ((flags & 0x80) != 0) {
            layersAt += (p.u8(layersAt) & 0x80) != 0 ? 2 : 1;
        }
        return layersAt < from + length && (p.u8(layersAt) >> 1 & 7) == 0;
    }
}
