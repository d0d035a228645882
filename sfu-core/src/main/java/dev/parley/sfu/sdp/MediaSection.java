package dev.parley.sfu.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `m=` line with all that belongs to it.
///
/// @param kind `audio`, `video`, `application` or whatever else stood there
/// @param port 0 with no `bundleOnly` means rejected or stopped
/// @param formats as they stand in the `m=` line; numbers where the protocol is RTP
/// @param connection the `c=` line's value, `IN IP4 0.0.0.0`
/// @param codecs the formats that have an `a=rtpmap`, in the order of the `m=` line
/// @param sctpPort 0 where none is given
/// @param maxMessageBytes 0 where none is given
public record MediaSection(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        String connection,
        @Nullable String mid,
        Direction direction,
        boolean bundleOnly,
        boolean rtcpMux,
        boolean rtcpReducedSize,
        boolean extmapAllowMixed,
        TransportLines transport,
        List<Candidate> candidates,
        boolean endOfCandidates,
        List<SdpCodec> codecs,
        List<Extmap> extmaps,
        @Nullable Msid msid,
        List<SsrcLine> ssrcs,
        List<SsrcGroup> ssrcGroups,
        List<Rid> rids,
        Simulcast simulcast,
        int sctpPort,
        int maxMessageBytes) {
    public static final String RTP = "UDP/TLS/RTP/SAVPF";
    public static final String NO_CONNECTION = "IN IP4 0.0.0.0";

    public MediaSection {
        formats = List.copyOf(formats);
        candidates = List.copyOf(candidates);
        codecs = List.copyOf(codecs);
        extmaps = List.copyOf(extmaps);
        ssrcs = List.copyOf(ssrcs);
        ssrcGroups = List.copyOf(ssrcGroups);
        rids = List.copyOf(rids);
    }

    /// Whether the offerer still wants it: RFC 9143 section 6 lets a bundled section say port 0.
    public boolean live() {
        return port != 0 || bundleOnly;
    }

    public static MediaSectionBuilder builder(String kind, String protocol) {
        return new MediaSectionBuilder(kind, protocol);
    }
}
