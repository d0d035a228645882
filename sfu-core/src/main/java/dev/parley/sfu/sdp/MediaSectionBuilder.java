package dev.parley.sfu.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a `MediaSection` together, for whoever writes one. Whatever is not set is absent.
public final class MediaSectionBuilder {
    private final String kind;
    private final String protocol;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Extmap> extmaps = new ArrayList<>();
    private final List<SsrcLine> ssrcs = new ArrayList<>();
    private final List<SsrcGroup> ssrcGroups = new ArrayList<>();
    private final List<Rid> rids = new ArrayList<>();
    private List<String> formats = List.of();
    private List<SdpCodec> codecs = List.of();
    private Direction direction = Direction.SENDRECV;
    private TransportLines transport = TransportLines.NONE;
    private Simulcast simulcast = Simulcast.NONE;
    private String connection = MediaSection.NO_CONNECTION;
    private @Nullable String mid;
    private @Nullable Msid msid;
    private int port;
    private int sctpPort;
    private int maxMessageBytes;
    private boolean bundleOnly;
    private boolean rtcpMux;
    private boolean rtcpReducedSize;
    private boolean extmapAllowMixed;
    private boolean endOfCandidates;

    MediaSectionBuilder(String kind, String protocol) {
        this.kind = kind;
        this.protocol = protocol;
    }

    public MediaSectionBuilder at(int newPort, String newConnection) {
        port = newPort;
        connection = newConnection;
        return this;
    }

    public MediaSectionBuilder formats(List<String> newFormats) {
        formats = newFormats;
        return this;
    }

    public MediaSectionBuilder mid(@Nullable String newMid) {
        mid = newMid;
        return this;
    }

    public MediaSectionBuilder direction(Direction newDirection) {
        direction = newDirection;
        return this;
    }

    public MediaSectionBuilder bundleOnly(boolean only) {
        bundleOnly = only;
        return this;
    }

    public MediaSectionBuilder rtcpMux(boolean mux) {
        rtcpMux = mux;
        return this;
    }

    public MediaSectionBuilder rtcpReducedSize(boolean reduced) {
        rtcpReducedSize = reduced;
        return this;
    }

    public MediaSectionBuilder extmapAllowMixed(boolean mixed) {
        extmapAllowMixed = mixed;
        return this;
    }

    public MediaSectionBuilder transport(TransportLines lines) {
        transport = lines;
        return this;
    }

    public MediaSectionBuilder candidate(Candidate candidate) {
        candidates.add(candidate);
        return this;
    }

    public MediaSectionBuilder endOfCandidates(boolean end) {
        endOfCandidates = end;
        return this;
    }

    /// The formats of an RTP section and the codecs behind them.
    public MediaSectionBuilder codecs(List<SdpCodec> newCodecs) {
        codecs = newCodecs;
        List<String> numbers = new ArrayList<>(newCodecs.size());
        for (SdpCodec codec : newCodecs) {
            numbers.add(Integer.toString(codec.payloadType()));
        }
        return formats(numbers);
    }

    public MediaSectionBuilder extmap(Extmap extmap) {
        extmaps.add(extmap);
        return this;
    }

    public MediaSectionBuilder msid(@Nullable Msid newMsid) {
        msid = newMsid;
        return this;
    }

    public MediaSectionBuilder ssrc(SsrcLine line) {
        ssrcs.add(line);
        return this;
    }

    public MediaSectionBuilder ssrcGroup(SsrcGroup group) {
        ssrcGroups.add(group);
        return this;
    }

    public MediaSectionBuilder rid(Rid rid) {
        rids.add(rid);
        return this;
    }

    public MediaSectionBuilder simulcast(Simulcast newSimulcast) {
        simulcast = newSimulcast;
        return this;
    }

    public MediaSectionBuilder sctp(int newSctpPort, int newMaxMessageBytes) {
        sctpPort = newSctpPort;
        maxMessageBytes = newMaxMessageBytes;
        return this;
    }

    public MediaSection build() {
        return new MediaSection(
                kind,
                port,
                protocol,
                formats,
                connection,
                mid,
                direction,
                bundleOnly,
                rtcpMux,
                rtcpReducedSize,
                extmapAllowMixed,
                transport,
                candidates,
                endOfCandidates,
                codecs,
                extmaps,
                msid,
                ssrcs,
                ssrcGroups,
                rids,
                simulcast,
                sctpPort,
                maxMessageBytes);
    }
}
