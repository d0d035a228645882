package dev.parley.sfu.rtp;

import dev.parley.sfu.base.MediaKind;
import org.jspecify.annotations.Nullable;

/// Payload formats that we forward, by their names in SDP.
public enum Codec {
    OPUS("opus", 48_000, MediaKind.AUDIO),
    /// Redundant audio, RFC 2198.
    RED("red", 48_000, MediaKind.AUDIO),
    VP8("VP8", 90_000, MediaKind.VIDEO),
    VP9("VP9", 90_000, MediaKind.VIDEO),
    H264("H264", 90_000, MediaKind.VIDEO),
    AV1("AV1", 90_000, MediaKind.VIDEO),
    /// Retransmission of another payload type, RFC 4588.
    RTX("rtx", 90_000, MediaKind.VIDEO);

    private static final Codec[] ALL = values();

    private final String sdpName;
    private final int clockRate;
    private final MediaKind kind;

    Codec(String sdpName, int clockRate, MediaKind kind) {
        this.sdpName = sdpName;
        this.clockRate = clockRate;
        this.kind = kind;
    }

    public String sdpName() {
        return sdpName;
    }

    public int clockRate() {
        return clockRate;
    }

    public MediaKind kind() {
        return kind;
    }

    /// The codec of an `a=rtpmap` in a section of this kind. Names are compared without case, RFC 8866 §6.6.
    public static @Nullable Codec of(String sdpName, MediaKind kind) {
        for (Codec codec : ALL) {
            if (codec.kind == kind && codec.sdpName.equalsIgnoreCase(sdpName)) {
                return codec;
            }
        }
        return null;
    }
}
