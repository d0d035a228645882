package dev.parley.sfu.rtp;

import org.jspecify.annotations.Nullable;

/// The header extensions that we know. Declared in the order in which they get room in an outgoing header: what a
/// receiver cannot do without comes first.
public enum ExtensionType {
    /// Names the media section, RFC 9143 §15.1.
    MID("urn:ietf:params:rtp-hdrext:sdes:mid", false),
    /// Transport-wide sequence number, draft-holmer-rmcat-transport-wide-cc-extensions-01.
    TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", false),
    /// 24 bits of the sender's clock in 6.18 fixed point.
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", false),
    /// Frames and layers, AV1 RTP payload specification appendix A.
    DEPENDENCY_DESCRIPTOR(
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension", true),
    /// RFC 6464.
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level", true),
    /// Rotation of the camera, 3GPP TS 26.114 §7.4.5.
    VIDEO_ORIENTATION("urn:3gpp:video-orientation", true),
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay", true),
    COLOR_SPACE("http://www.webrtc.org/experiments/rtp-hdrext/color-space", true),
    VIDEO_CONTENT_TYPE("http://www.webrtc.org/experiments/rtp-hdrext/video-content-type", true),
    VIDEO_TIMING("http://www.webrtc.org/experiments/rtp-hdrext/video-timing", true),
    /// Names the simulcast encoding, RFC 8852.
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", false),
    /// Names the encoding that an RTX stream repairs, RFC 8852.
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", false),
    /// Counts from when the publisher sent, which is not when we send, RFC 5450.
    TOFFSET("urn:ietf:params:rtp-hdrext:toffset", false),
    /// A publisher's is on its own clock; what we send is written anew, on ours, as our sender reports are.
    ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time", false),
    /// What the publisher sends to us, not what a subscriber gets.
    VIDEO_LAYERS_ALLOCATION("http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00", false),
    /// Belongs to CSRCs, which are not passed on, RFC 6465.
    CSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:csrc-audio-level", false);

    static final ExtensionType[] ALL = values();
    static final int FORWARDED_BITS = forwardedBits();

    private final String uri;
    private final boolean forwarded;

    ExtensionType(String uri, boolean forwarded) {
        this.uri = uri;
        this.forwarded = forwarded;
    }

    public String uri() {
        return uri;
    }

    /// True when a publisher's value means the same to a subscriber.
    public boolean forwarded() {
        return forwarded;
    }

    public static @Nullable ExtensionType of(String uri) {
        for (ExtensionType type : ALL) {
            if (type.uri.equals(uri)) {
                return type;
            }
        }
        return null;
    }

    /// This type's place in a set of types kept as an int.
    int bit() {
        return 1 << ordinal();
    }

    private static int forwardedBits() {
        int bits = 0;
        for (ExtensionType type : ALL) {
            bits |= type.forwarded ? type.bit() : 0;
        }
        return bits;
    }
}
