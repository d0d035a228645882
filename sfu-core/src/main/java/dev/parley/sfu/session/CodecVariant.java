package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.sdp.SdpCodec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which of the forms that an offer gives a codec in is the best: the one that most others can decode.
final class CodecVariant {
    static final int UNUSABLE = Integer.MAX_VALUE;

    /// RFC 6184 section 8.1: what a missing profile-level-id means.
    private static final String H264_BASELINE = "420010";

    private static final int RTCP_FIRST = 64;
    private static final int RTCP_LAST = 95;

    private CodecVariant() {}

    /// The codec behind an `a=rtpmap`, or null when we do not know it or cannot tell its packets from RTCP:
    /// RFC 5761 section 4 forbids 64 to 95 beside `rtcp-mux`.
    static @Nullable Codec of(SdpCodec offered, MediaKind kind) {
        if (offered.payloadType() >= RTCP_FIRST && offered.payloadType() <= RTCP_LAST) {
            return null;
        }
        Codec codec = Codec.of(offered.name(), kind);
        return codec != null && codec.clockRate() == offered.clockRateHz() ? codec : null;
    }

    /// 0 is the best, `UNUSABLE` is not to be taken.
    static int rank(Codec codec, SdpCodec offered) {
        String parameters = offered.parameters();
        return switch (codec) {
            case OPUS, RED -> offered.channels() == 2 ? 0 : UNUSABLE;
            case VP8 -> 0;
            case VP9 -> Formats.value(parameters, "profile-id", "0").equals("0") ? 0 : UNUSABLE;
            case AV1 -> Formats.value(parameters, "profile", "0").equals("0") ? 0 : UNUSABLE;
            case H264 -> h264(parameters);
            case RTX -> UNUSABLE;
        };
    }

    /// Constrained baseline in mode 1 is what every browser decodes; then baseline, then whatever else, mode 1 first.
    private static int h264(String parameters) {
        String profile =
                Formats.value(parameters, "profile-level-id", H264_BASELINE).toLowerCase(Locale.ROOT);
        int rank = profile.startsWith("42e0") ? 0 : profile.startsWith("42") ? 1 : 2;
        boolean fragments = Formats.value(parameters, "packetization-mode", "0").equals("1");
        return fragments ? rank : rank + 3;
    }
}
