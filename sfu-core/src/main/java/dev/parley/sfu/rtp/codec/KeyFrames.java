package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;

/// Where decoding can begin, whatever the codec. Stateless; reads a few bytes and allocates nothing.
public final class KeyFrames {
    private KeyFrames() {}

    /// True on the first packet of a key frame, and on any packet of sound. A payload that is cut off or malformed
    /// begins nothing.
    ///
    /// @param extensions those of the packet: an AV1 stream may say it there
    public static boolean startsDecoding(
            Codec codec, Packet p, int payloadOffset, int payloadLength, HeaderExtensions extensions) {
        return switch (codec) {
            case OPUS, RED -> true;
            case VP8 -> Vp8Descriptor.startsKeyFrame(p, payloadOffset, payloadLength);
            case VP9 -> Vp9Descriptor.startsKeyFrame(p, payloadOffset, payloadLength);
            case H264 -> H264.startsKeyFrame(p, payloadOffset, payloadLength);
            case AV1 -> Av1.startsKeyFrame(p, payloadOffset, payloadLength) || bringsStructure(p, extensions);
            case RTX -> false;
        };
    }

    private static boolean bringsStructure(Packet p, HeaderExtensions extensions) {
        int at = extensions.offset(ExtensionType.DEPENDENCY_DESCRIPTOR);
        return at >= 0
                && DependencyDescriptor.startsKeyFrame(p, at, extensions.length(ExtensionType.DEPENDENCY_DESCRIPTOR));
    }
}
