package dev.parley.sfu.sdp;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Mid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the lines of one media section.
final class SectionParser {
    private static final int PORT_MAX = 65_535;

    private final SdpLines line;
    private final Limits limits;
    private final MediaSectionBuilder section;
    private final TransportCollector transport = new TransportCollector();
    private final CodecCollector codecs;
    private final SourceCollector sources;
    private final EncodingCollector encodings;
    private final int port;
    private String connection = MediaSection.NO_CONNECTION;
    private @Nullable Msid msid;
    private int lines;
    private int candidates;
    private int sctpPort;
    private int maxMessageBytes;

    /// Starts at the `m=` line that `line` is at; `direction` is the session's.
    SectionParser(SdpLines line, Limits limits, Direction direction) throws SdpSyntaxException {
        this.line = line;
        this.limits = limits;
        List<String> words = SdpText.words(line.value());
        if (words.size() < 4 || !SdpText.token(words.getFirst(), 32)) {
            throw line.wrong("m= is not of the form 'kind port protocol formats'");
        }
        port = (int) SdpText.number(SdpText.before(words.get(1), '/'), PORT_MAX);
        if (port < 0) {
            throw line.wrong("m= has no port of 0 to 65535");
        }
        String protocol = words.get(2);
        List<String> formats = words.subList(3, words.size());
        section = MediaSection.builder(words.getFirst(), protocol)
                .formats(formats)
                .direction(direction);
        codecs = new CodecCollector(line, protocol.contains("RTP/") ? formats : List.of(), limits.sdpCodecs());
        sources = new SourceCollector(limits.ssrcsPerSession());
        encodings = new EncodingCollector(limits.sdpRids());
    }

    void take(SdpLines current) throws SdpSyntaxException {
        if (++lines > limits.sdpSectionLines()) {
            throw current.wrong("more than " + limits.sdpSectionLines() + " lines in one media section");
        }
        if (current.type() == 'c') {
            connection = String.join(" ", SdpText.words(current.value()));
        } else if (current.type() == 'a') {
            attribute(SdpText.before(current.value(), ':'), SdpText.after(current.value(), ':'));
        }
    }

    MediaSection end() {
        sources.into(section);
        encodings.into(section);
        return codecs.into(section)
                .at(port, connection)
                .transport(transport.lines())
                .msid(msid)
                .sctp(sctpPort, maxMessageBytes)
                .build();
    }

    private void attribute(String name, String value) throws SdpSyntaxException {
        boolean taken = transport.take(line, name, value)
                || codecs.take(line, name, value)
                || sources.take(line, name, value)
                || encodings.take(line, name, value)
                || flag(name);
        if (!taken) {
            other(name, value);
        }
    }

    private boolean flag(String name) {
        switch (name) {
            case "rtcp-mux" -> section.rtcpMux(true);
            case "rtcp-rsize" -> section.rtcpReducedSize(true);
            case "bundle-only" -> section.bundleOnly(true);
            case "extmap-allow-mixed" -> section.extmapAllowMixed(true);
            case "end-of-candidates" -> section.endOfCandidates(true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void other(String name, String value) throws SdpSyntaxException {
        switch (name) {
            case "mid" -> mid(value);
            case "candidate" -> candidate(value);
            case "extmap" -> extmap(value);
            case "msid" -> msid(value);
            case "sctp-port" -> sctpPort = atLeastZero(value, PORT_MAX);
            case "max-message-size" -> maxMessageBytes = atLeastZero(value, Integer.MAX_VALUE);
            default -> {
                Direction direction = Direction.named(name);
                if (direction != null) {
                    section.direction(direction);
                }
            }
        }
    }

    private void mid(String value) throws SdpSyntaxException {
        if (!SdpText.token(value, Mid.LENGTH_MAX)) {
            throw line.wrong("mid is not a token of 1 to " + Mid.LENGTH_MAX + " characters");
        }
        section.mid(value);
    }

    /// A candidate that we cannot read is one more that we cannot use: skipped, but counted.
    private void candidate(String value) throws SdpSyntaxException {
        if (++candidates > limits.sdpCandidates()) {
            throw line.wrong("more than " + limits.sdpCandidates() + " candidates");
        }
        Candidate candidate = CandidateText.parse(value);
        if (candidate != null) {
            section.candidate(candidate);
        }
    }

    /// `2/recvonly urn:… attributes`
    private void extmap(String value) throws SdpSyntaxException {
        List<String> words = SdpText.words(value);
        String first = words.isEmpty() ? "" : words.getFirst();
        int id = (int) SdpText.number(SdpText.before(first, '/'), 4_351);
        boolean directed = first.indexOf('/') >= 0;
        Direction direction = directed ? Direction.named(SdpText.after(first, '/')) : Direction.SENDRECV;
        if (id < 1 || direction == null || words.size() < 2) {
            throw line.wrong("extmap is not of the form 'id[/direction] uri'");
        }
        section.extmap(new Extmap(id, direction, words.get(1)));
    }

    /// Of several streams that a track is in the first one counts.
    private void msid(String value) throws SdpSyntaxException {
        Msid parsed = MsidText.parse(value);
        if (parsed == null) {
            throw line.wrong("msid is not of the form 'stream track'");
        }
        msid = msid == null ? parsed : msid;
    }

    private int atLeastZero(String value, int max) throws SdpSyntaxException {
        long number = SdpText.number(value, max);
        if (number < 0) {
            throw line.wrong("not a number of 0 to " + max);
        }
        return (int) number;
    }
}
