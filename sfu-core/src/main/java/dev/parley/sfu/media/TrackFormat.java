package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.PayloadType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a publisher's numbers mean: payload types and header extensions as its offer has them. Immutable.
public final class TrackFormat {
    private final PayloadType[] byNumber = new PayloadType[128];
    private final ExtensionIds extensions;

    public TrackFormat(List<PayloadType> payloadTypes, ExtensionIds extensions) {
        for (PayloadType type : payloadTypes) {
            byNumber[type.number()] = type;
        }
        this.extensions = extensions;
    }

    /// Null for a number that was not negotiated.
    public @Nullable Codec codec(int payloadType) {
        PayloadType type = byNumber[payloadType];
        return type == null ? null : type.codec();
    }

    public ExtensionIds extensions() {
        return extensions;
    }
}
