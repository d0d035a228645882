package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;

/// Where decoding can begin, whatever the codec. Stateless; reads a few bytes and allocates nothing.
public final class KeyFrames {
    private KeyFrames() {}

    /// True on the first packet of a key frame. Audio can be decoded from any packet; a payload that is cut off or
    /// malformed begins nothing.
    public static boolean isKeyFrame(Codec codec, Packet p, int payloadOffset, int payloadLength) {
        return switch (codec) {
            case OPUS, RED -> true;
            case VP8 -> Vp8Descriptor.startsKeyFrame(p, payloadOffset, payloadLength);
            case VP9 -> Vp9Descriptor.startsKeyFrame(p, payloadOffset, payloadLength);
            case H264 -> H264.startsKeyFrame(p, payloadOffset, payloadLength);
            case AV1 -> Av1.startsKeyFrame(p, payloadOffset, payloadLength);
            case RTX -> false;
        };
    }
}
