package dev.parley.sfu.media;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The numbers of one receiving section as its offer has them: what an OutgoingTrack writes instead of its source's.
/// Immutable; a further offer makes a new one with the same SSRCs.
public final class OutgoingFormat {
    private final MediaKind kind;
    private final Mid mid;
    private final int ssrc;
    private final int rtxSsrc;
    private final ExtensionIds extensions;
    private final boolean twoByteExtensions;
    private final boolean nacks;
    private final Map<Codec, PayloadType> payloadTypes = new EnumMap<>(Codec.class);

    public OutgoingFormat(
            MediaKind kind,
            Mid mid,
            int ssrc,
            int rtxSsrc,
            List<PayloadType> payloadTypes,
            ExtensionIds extensions,
            boolean twoByteExtensions) {
        this(kind, mid, ssrc, rtxSsrc, payloadTypes, extensions, twoByteExtensions, kind == MediaKind.VIDEO);
    }

    /// @param nacks whether the subscriber may ask for packets again
    public OutgoingFormat(
            MediaKind kind,
            Mid mid,
            int ssrc,
            int rtxSsrc,
            List<PayloadType> payloadTypes,
            ExtensionIds extensions,
            boolean twoByteExtensions,
            boolean nacks) {
        this.nacks = nacks;
        this.kind = kind;
        this.mid = mid;
        this.ssrc = ssrc;
        this.rtxSsrc = rtxSsrc;
        this.extensions = extensions;
        this.twoByteExtensions = twoByteExtensions;
        for (PayloadType type : payloadTypes) {
            this.payloadTypes.putIfAbsent(type.codec(), type);
        }
    }

    public MediaKind kind() {
        return kind;
    }

    public Mid mid() {
        return mid;
    }

    public int ssrc() {
        return ssrc;
    }

    public int rtxSsrc() {
        return rtxSsrc;
    }

    ExtensionIds extensions() {
        return extensions;
    }

    boolean captureTimes() {
        return extensions.has(ExtensionType.ABS_CAPTURE_TIME);
    }

    /// Whether the subscriber takes the two-byte form, `a=extmap-allow-mixed`.
    boolean twoByteExtensions() {
        return twoByteExtensions;
    }

    /// Whether the subscriber may ask for packets again.
    boolean nacks() {
        return nacks;
    }

    /// Null when the subscriber cannot decode it.
    @Nullable
    PayloadType payloadType(Codec codec) {
        return payloadTypes.get(codec);
    }

    int clockRate() {
        return kind == MediaKind.AUDIO ? 48_000 : 90_000;
    }
}
