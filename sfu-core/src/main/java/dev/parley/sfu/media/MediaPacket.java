package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.KeyFrames;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import org.jspecify.annotations.Nullable;

/// What a received packet says, read once for all subscribers of a loop. Filled anew for each packet; nothing in it
/// outlives the call that it is passed to.
final class MediaPacket {
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private @Nullable Packet packet;
    private @Nullable Codec codec;
    private int encoding;
    private long seqIndex;
    private int payloadOffset;
    private int payloadLength;
    private boolean hasVp8;
    private boolean startsDecoding;

    /// @param packet a valid RTP packet
    void read(Packet packet, int encoding, long seqIndex, TrackFormat format) {
        this.packet = packet;
        this.encoding = encoding;
        this.seqIndex = seqIndex;
        codec = format.codec(Rtp.payloadType(packet));
        if (!extensions.parse(packet, format.extensions())) {
            extensions.clear();
        }
        payloadOffset = Rtp.payloadOffset(packet);
        payloadLength = Rtp.payloadLength(packet);
        hasVp8 = codec == Codec.VP8 && vp8.parse(packet, payloadOffset, payloadLength);
        startsDecoding =
                codec != null && KeyFrames.startsDecoding(codec, packet, payloadOffset, payloadLength, extensions);
    }

    Packet packet() {
        Packet known = packet;
        if (known == null) {
            throw new IllegalStateException("nothing read yet");
        }
        return known;
    }

    /// Null when the publisher did not negotiate the packet's payload type.
    @Nullable
    Codec codec() {
        return codec;
    }

    int encoding() {
        return encoding;
    }

    long seqIndex() {
        return seqIndex;
    }

    int timestamp() {
        return Rtp.timestamp(packet());
    }

    HeaderExtensions extensions() {
        return extensions;
    }

    int payloadOffset() {
        return payloadOffset;
    }

    int payloadLength() {
        return payloadLength;
    }

    /// The first packet of a key frame, or any packet of sound: a decoder can begin here.
    boolean startsDecoding() {
        return startsDecoding;
    }

    boolean hasPictureId() {
        return hasVp8 && vp8.pictureId() != Vp8Descriptor.NONE;
    }

    int pictureId() {
        return hasPictureId() ? vp8.pictureId() : 0;
    }

    int tl0PicIdx() {
        return hasVp8 ? Math.max(0, vp8.tl0PicIdx()) : 0;
    }

    /// The VP8 descriptor of this packet, or null for other codecs.
    @Nullable
    Vp8Descriptor vp8() {
        return hasVp8 ? vp8 : null;
    }
}
