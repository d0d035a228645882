package dev.parley.sfu.session;

import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SsrcLine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Draws SSRCs that nobody on this transport has, RFC 3550 section 8. One for each description that is read or written.
final class SsrcChoice {
    private final Rng rng;
    private final Set<Integer> used = new HashSet<>();

    SsrcChoice(Rng rng) {
        this.rng = rng;
        used.add(0);
    }

    void avoid(List<MediaSection> sections) {
        for (MediaSection section : sections) {
            for (SsrcLine line : section.ssrcs()) {
                used.add(line.ssrc());
            }
        }
    }

    void avoid(OfferedSource source) {
        used.add(source.ssrc());
        used.add(source.rtxSsrc());
    }

    /// One for media and one for its retransmissions; which of the two a section uses is the codecs' matter.
    OfferedSource draw() {
        return new OfferedSource(next(), next());
    }

    private int next() {
        int ssrc = rng.nextInt();
        while (!used.add(ssrc)) {
            ssrc = rng.nextInt();
        }
        return ssrc;
    }
}
