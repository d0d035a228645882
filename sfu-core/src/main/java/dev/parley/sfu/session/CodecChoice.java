package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.sdp.SdpCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a section's formats goes into the answer: one form of each codec that the policy allows, in the policy's
/// order, each followed by its RTX.
///
/// @param formats for the answer
/// @param payloadTypes for the media path, without RTX
record CodecChoice(List<SdpCodec> formats, List<PayloadType> payloadTypes) {
    private static final String TRANSPORT_CC = "transport-cc";
    private static final Set<String> AUDIO_FEEDBACK = Set.of("nack", TRANSPORT_CC);
    private static final Set<String> VIDEO_FEEDBACK = Set.of("nack", "nack pli", "ccm fir", "goog-remb", TRANSPORT_CC);

    /// @param source what the section publishes; null where we send, or nobody said
    /// @param transportCc false where the section has no transport-wide sequence numbers
    static CodecChoice of(
            List<SdpCodec> offered,
            MediaKind kind,
            AnswerPolicy policy,
            boolean publishes,
            @Nullable TrackSource source,
            boolean transportCc) {
        return new Chooser(offered, kind, policy, publishes, source, transportCc).choose();
    }

    boolean isEmpty() {
        return payloadTypes.isEmpty();
    }

    boolean hasRtx() {
        return payloadTypes.stream().anyMatch(PayloadType::hasRtx);
    }

    boolean hasFeedback(String name) {
        return formats.stream().anyMatch(format -> format.feedback().contains(name));
    }

    /// The work of one choice.
    private static final class Chooser {
        private final MediaKind kind;
        private final AnswerPolicy policy;
        private final boolean publishes;
        private final @Nullable TrackSource source;
        private final boolean transportCc;
        private final Map<Codec, SdpCodec> best = new EnumMap<>(Codec.class);
        private final Map<Integer, SdpCodec> rtxOf = new HashMap<>();
        private final List<SdpCodec> formats = new ArrayList<>();
        private final List<PayloadType> payloadTypes = new ArrayList<>();

        Chooser(
                List<SdpCodec> offered,
                MediaKind kind,
                AnswerPolicy policy,
                boolean publishes,
                @Nullable TrackSource source,
                boolean transportCc) {
            this.kind = kind;
            this.policy = policy;
            this.publishes = publishes;
            this.source = source;
            this.transportCc = transportCc;
            offered.forEach(this::sort);
        }

        CodecChoice choose() {
            for (Codec codec : kind == MediaKind.AUDIO ? audio() : policy.video()) {
                SdpCodec format = best.get(codec);
                if (format != null && (codec != Codec.RED || repeatsOpus(format))) {
                    take(codec, format);
                }
            }
            return new CodecChoice(List.copyOf(formats), List.copyOf(payloadTypes));
        }

        /// RED first makes a browser send it. A player that takes the first format for the only one gets Opus.
        private List<Codec> audio() {
            boolean red = policy.audio().contains(Codec.RED);
            return publishes || !red ? policy.audio() : List.of(Codec.OPUS, Codec.RED);
        }

        private void sort(SdpCodec offered) {
            Codec codec = CodecVariant.of(offered, kind);
            if (codec == Codec.RTX) {
                rtxOf.putIfAbsent(Formats.apt(offered.parameters()), offered);
            } else if (codec != null && CodecVariant.rank(codec, offered) != CodecVariant.UNUSABLE) {
                best.merge(codec, offered, (a, b) -> better(codec, a, b));
            }
        }

        private static SdpCodec better(Codec codec, SdpCodec a, SdpCodec b) {
            return CodecVariant.rank(codec, b) < CodecVariant.rank(codec, a) ? b : a;
        }

        private boolean repeatsOpus(SdpCodec red) {
            SdpCodec opus = best.get(Codec.OPUS);
            return opus != null && Formats.redPrimary(red.parameters()) == opus.payloadType();
        }

        private void take(Codec codec, SdpCodec offered) {
            SdpCodec rtx = rtxOf.get(offered.payloadType());
            String parameters = parameters(codec, offered);
            formats.add(with(offered, parameters, feedback(offered)));
            if (rtx != null) {
                formats.add(with(rtx, "apt=" + offered.payloadType(), List.of()));
            }
            payloadTypes.add(new PayloadType(
                    offered.payloadType(),
                    codec,
                    offered.clockRateHz(),
                    offered.channels(),
                    rtx == null ? PayloadType.NO_RTX : rtx.payloadType(),
                    parameters));
        }

        /// What an answer's parameters say is how we like to receive. So the offerer's own limits (`max-fs` of VP8)
        /// are not sent back to it, while what names the form of the codec is.
        private String parameters(Codec codec, SdpCodec offered) {
            return switch (codec) {
                case OPUS ->
                    "minptime=10;useinbandfec=1"
                            + (policy.dtx() && source != TrackSource.SCREEN_AUDIO ? ";usedtx=1" : "")
                            + (policy.stereo() ? ";stereo=1" : "");
                case VP8 -> "";
                case VP9 -> "profile-id=0";
                case RED, H264, AV1, RTX -> offered.parameters();
            };
        }

        private List<String> feedback(SdpCodec offered) {
            Set<String> known = kind == MediaKind.AUDIO ? AUDIO_FEEDBACK : VIDEO_FEEDBACK;
            List<String> feedback = new ArrayList<>(known.size());
            for (String name : offered.feedback()) {
                boolean usable = known.contains(name) && (transportCc || !name.equals(TRANSPORT_CC));
                if (usable && !feedback.contains(name)) {
                    feedback.add(name);
                }
            }
            return feedback;
        }

        private static SdpCodec with(SdpCodec codec, String parameters, List<String> feedback) {
            return new SdpCodec(
                    codec.payloadType(), codec.name(), codec.clockRateHz(), codec.channels(), parameters, feedback);
        }
    }
}
