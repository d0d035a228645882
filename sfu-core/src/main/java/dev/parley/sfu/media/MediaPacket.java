package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.DependencyDescriptor;
import dev.parley.sfu.rtp.codec.DependencyStructure;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import dev.parley.sfu.rtp.codec.H264Sps;
import dev.parley.sfu.rtp.codec.KeyFrames;
import dev.parley.sfu.rtp.codec.RedPayload;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import dev.parley.sfu.rtp.codec.Vp9Descriptor;
import org.jspecify.annotations.Nullable;

/// What a received packet says, read once for all subscribers of a loop. Filled anew for each packet; nothing
/// in it outlives the call that it is passed to. Of the payload only the begin is looked at, which stays in the
/// clear when its ends encrypt the rest.
final class MediaPacket {
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();
    private final RedPayload red = new RedPayload();
    private final DependencyDescriptor dependencies = new DependencyDescriptor();
    private @Nullable Packet packet;
    private @Nullable Codec codec;
    private int encoding;
    private long seqIndex;
    private int payloadOffset;
    private int payloadLength;
    private boolean hasVp8;
    private boolean hasVp9;
    private int dependenciesAt;
    private long activeTargets;
    private Layering layering = Layering.NONE;
    private boolean startsDecoding;

    /// @param packet a valid RTP packet
    /// @param structures those of the packet's encoding
    void read(Packet packet, int encoding, long seqIndex, TrackFormat format, DependencyStructures structures) {
        this.packet = packet;
        this.encoding = encoding;
        this.seqIndex = seqIndex;
        codec = format.codec(Rtp.payloadType(packet));
        if (!extensions.parse(packet, format.extensions())) {
            extensions.clear();
        }
        payloadOffset = Rtp.payloadOffset(packet);
        payloadLength = Rtp.payloadLength(packet);
        if (codec == Codec.RED) {
            readPrimary(format);
        }
        hasVp8 = codec == Codec.VP8 && vp8.parse(packet, payloadOffset, payloadLength);
        hasVp9 = codec == Codec.VP9 && vp9.parse(packet, payloadOffset, payloadLength);
        startsDecoding =
                codec != null && KeyFrames.startsDecoding(codec, packet, payloadOffset, payloadLength, extensions);
        dependenciesAt = extensions.has(ExtensionType.DEPENDENCY_DESCRIPTOR, DependencyDescriptor.BYTES_MIN)
                ? extensions.offset(ExtensionType.DEPENDENCY_DESCRIPTOR)
                : -1;
        layering = layering(structures);
        activeTargets = structures.activeTargets();
    }

    /// Of redundant sound the packet's own frame is looked at: copies are made for each subscriber as it needs them.
    private void readPrimary(TrackFormat format) {
        codec = null;
        if (payloadLength == 0) {
            codec = Codec.OPUS;
        } else if (red.parse(packet(), payloadOffset, payloadLength)) {
            codec = format.codec(red.primaryPayloadType()) == Codec.OPUS ? Codec.OPUS : null;
            payloadOffset = red.primaryOffset();
            payloadLength = red.primaryLength();
        }
    }

    private Layering layering(DependencyStructures structures) {
        if (hasVp8) {
            boolean layered = vp8.hasPictureId() && vp8.temporalLayer() != Vp8Descriptor.NONE;
            return layered ? Layering.VP8 : Layering.NONE;
        }
        if (dependenciesAt >= 0 && codec != null && readDependencies(structures)) {
            return Layering.DEPENDENCIES;
        }
        boolean layered = hasVp9 && vp9.pictureIdBits() != 0 && vp9.temporalLayer() != Vp9Descriptor.NONE;
        return layered ? Layering.VP9 : Layering.NONE;
    }

    private boolean readDependencies(DependencyStructures structures) {
        int length = extensions.length(ExtensionType.DEPENDENCY_DESCRIPTOR);
        return structures.read(dependencies, packet(), dependenciesAt, length, seqIndex)
                && dependencies.structure() != null;
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
        return (hasVp8 && vp8.hasPictureId()) || (hasVp9 && vp9.pictureIdBits() != 0);
    }

    int pictureId() {
        if (!hasPictureId()) {
            return 0;
        }
        return hasVp8 ? vp8.pictureId() : vp9.pictureId();
    }

    int tl0PicIdx() {
        int index = hasVp8 ? vp8.tl0PicIdx() : hasVp9 ? vp9.tl0PicIdx() : 0;
        return Math.max(0, index);
    }

    Layering layering() {
        return layering;
    }

    /// How wide the picture id is, 0 without one.
    int pictureIdBits() {
        return hasVp8 ? vp8.pictureIdBits() : hasVp9 ? vp9.pictureIdBits() : 0;
    }

    /// By the payload's descriptor; 0 when it has none.
    int temporalLayer() {
        int layer = hasVp8 ? vp8.temporalLayer() : hasVp9 ? vp9.temporalLayer() : 0;
        return Math.max(0, layer);
    }

    /// VP8: the frame needs the base layer only.
    boolean layerSync() {
        return hasVp8 && vp8.layerSync();
    }

    /// VP9: no later frame of a higher temporal layer needs one of before this frame.
    boolean switchingUp() {
        return hasVp9 && vp9.switchingUpPoint();
    }

    /// To be asked under `Layering.DEPENDENCIES` only.
    DependencyDescriptor dependencies() {
        return dependencies;
    }

    /// Which decode targets the encoding sends, as far as it has said so: see `DependencyStructures`.
    long activeTargets() {
        return activeTargets;
    }

    boolean hasDependencies() {
        return dependenciesAt >= 0;
    }

    /// The frame number in the dependency descriptor, 0 without one.
    int dependencyNumber() {
        return dependenciesAt < 0 ? 0 : packet().u16(dependenciesAt + 1);
    }

    /// Whether the dependency descriptor has the structure that later ones refer to.
    boolean bringsStructure() {
        return dependenciesAt >= 0
                && DependencyDescriptor.bringsStructure(
                        packet(), dependenciesAt, extensions.length(ExtensionType.DEPENDENCY_DESCRIPTOR));
    }

    /// The layer within the encoding; 0 where there is one only, or nobody says.
    int spatialIndex() {
        return layering == Layering.DEPENDENCIES ? Math.max(0, dependencies.spatialLayer()) : 0;
    }

    /// The temporal layer, by whatever says it; 0 where there is one only.
    int temporalIndex() {
        return layering == Layering.DEPENDENCIES ? Math.max(0, dependencies.temporalLayer()) : temporalLayer();
    }

    /// How large a layer's picture is, as far as this packet says: width in the upper 16 bits, or 0.
    int pictureSize(int spatialLayer) {
        DependencyStructure structure = layering == Layering.DEPENDENCIES ? dependencies.structure() : null;
        if (structure != null && structure.width(spatialLayer) != 0) {
            return packed(structure.width(spatialLayer), structure.height(spatialLayer));
        }
        if (spatialLayer != 0 || !startsDecoding) {
            return 0;
        }
        if (hasVp8) {
            return packed(vp8.width(), vp8.height());
        }
        if (hasVp9) {
            return packed(vp9.width(), vp9.height());
        }
        return codec == Codec.H264 ? H264Sps.size(packet(), payloadOffset, payloadLength) : 0;
    }

    private static int packed(int width, int height) {
        return Math.min(width, 0xffff) << 16 | Math.min(height, 0xffff);
    }

    /// The VP8 descriptor of this packet, or null for other codecs.
    @Nullable
    Vp8Descriptor vp8() {
        return hasVp8 ? vp8 : null;
    }

    /// The VP9 descriptor of this packet, or null for other codecs.
    @Nullable
    Vp9Descriptor vp9() {
        return hasVp9 ? vp9 : null;
    }
}
