package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.Extmap;
import dev.parley.sfu.sdp.SdpCodec;
import java.util.ArrayList;
import java.util.List;

/// The numbers and names that an offerer uses: payload types, feedback, header extensions.
///
/// @param iceLite true for a server, which waits for checks
public record OfferDialect(
        boolean iceLite,
        List<SdpCodec> audio,
        List<SdpCodec> video,
        List<Extmap> audioExtensions,
        List<Extmap> videoExtensions) {
    private static final int AUDIO_HZ = 48_000;
    private static final int VIDEO_HZ = 90_000;
    private static final List<String> VIDEO_FEEDBACK =
            List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");

    public OfferDialect {
        audio = List.copyOf(audio);
        video = List.copyOf(video);
        audioExtensions = List.copyOf(audioExtensions);
        videoExtensions = List.copyOf(videoExtensions);
    }

    /// As Chromium offers once our page has cut its codecs.
    public static OfferDialect chromium() {
        return new OfferDialect(
                false, withRed(), chromiumVideo(), chromiumAudioExtensions(), chromiumVideoExtensions());
    }

    /// The same numbers, from a side that is ICE-lite.
    public static OfferDialect server() {
        return new OfferDialect(true, opus(), chromiumVideo(), chromiumAudioExtensions(), chromiumVideoExtensions());
    }

    List<SdpCodec> codecs(MediaKind kind) {
        return kind == MediaKind.AUDIO ? audio : video;
    }

    List<Extmap> extensions(MediaKind kind) {
        return kind == MediaKind.AUDIO ? audioExtensions : videoExtensions;
    }

    /// As browsers offer that have no RED: sound is Opus alone.
    public OfferDialect withoutRed() {
        return new OfferDialect(iceLite, opus(), video, audioExtensions, videoExtensions);
    }

    private static List<SdpCodec> withRed() {
        return List.of(opus().getFirst(), new SdpCodec(63, "red", AUDIO_HZ, 2, "111/111", List.of()));
    }

    private static List<SdpCodec> opus() {
        return List.of(new SdpCodec(111, "opus", AUDIO_HZ, 2, "minptime=10;useinbandfec=1", List.of("transport-cc")));
    }

    private static List<SdpCodec> chromiumVideo() {
        List<SdpCodec> codecs = new ArrayList<>();
        withRtx(codecs, 96, 97, "VP8", "");
        withRtx(codecs, 108, 109, "H264", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f");
        withRtx(codecs, 98, 99, "VP9", "profile-id=0");
        withRtx(codecs, 45, 46, "AV1", "level-idx=5;profile=0;tier=0");
        return codecs;
    }

    private static void withRtx(List<SdpCodec> codecs, int number, int rtx, String name, String parameters) {
        codecs.add(new SdpCodec(number, name, VIDEO_HZ, 1, parameters, VIDEO_FEEDBACK));
        codecs.add(new SdpCodec(rtx, "rtx", VIDEO_HZ, 1, "apt=" + number, List.of()));
    }

    private static List<Extmap> chromiumAudioExtensions() {
        return List.of(
                extmap(1, ExtensionType.AUDIO_LEVEL),
                extmap(2, ExtensionType.ABS_SEND_TIME),
                extmap(3, ExtensionType.TRANSPORT_CC),
                extmap(4, ExtensionType.MID));
    }

    private static List<Extmap> chromiumVideoExtensions() {
        return List.of(
                extmap(2, ExtensionType.ABS_SEND_TIME),
                extmap(13, ExtensionType.VIDEO_ORIENTATION),
                extmap(3, ExtensionType.TRANSPORT_CC),
                extmap(5, ExtensionType.PLAYOUT_DELAY),
                extmap(4, ExtensionType.MID),
                extmap(10, ExtensionType.RID),
                extmap(11, ExtensionType.REPAIRED_RID),
                extmap(12, ExtensionType.DEPENDENCY_DESCRIPTOR));
    }

    private static Extmap extmap(int id, ExtensionType type) {
        return new Extmap(id, Direction.SENDRECV, type.uri());
    }
}
