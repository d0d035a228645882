package dev.parley.sfu.session;

import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.MediaSectionBuilder;
import dev.parley.sfu.sdp.Setup;
import dev.parley.sfu.sdp.TransportLines;
import java.util.List;

/// Writes our side of the transport into sections: credentials, fingerprint and role into each, the candidates into the
/// first that is not rejected, RFC 9143 section 7.3.
final class TransportAnswer {
    private static final int DISCARD_PORT = 9;

    private final TransportLines lines;
    private final List<Candidate> candidates;
    private boolean tagged;

    TransportAnswer(LocalIce ice, List<String> fingerprints, Setup setup, List<Candidate> candidates) {
        this.lines = new TransportLines(ice.ufrag(), ice.pwd(), List.of(), fingerprints, setup);
        this.candidates = candidates;
    }

    MediaSection into(MediaSectionBuilder section) {
        address(section);
        section.transport(lines);
        if (!tagged) {
            candidates.forEach(section::candidate);
            section.endOfCandidates(!candidates.isEmpty());
            tagged = true;
        }
        return section.build();
    }

    /// The default destination is the first UDP candidate, RFC 8839 section 4.2.1.2.
    private void address(MediaSectionBuilder section) {
        for (Candidate candidate : candidates) {
            if (candidate.udp()) {
                section.at(candidate.port(), (candidate.ipv6() ? "IN IP6 " : "IN IP4 ") + candidate.address());
                return;
            }
        }
        section.at(DISCARD_PORT, MediaSection.NO_CONNECTION);
    }
}
