package dev.parley.sfu.session;

import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.Group;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.MediaSectionBuilder;
import dev.parley.sfu.sdp.SdpWriter;
import dev.parley.sfu.sdp.TransportLines;
import java.util.List;

/// Our fragment after an ICE restart, RFC 8840 section 9 and RFC 9725 section 4.3.3: the new credentials and every
/// candidate, in the first section of the bundle.
final class FragmentAnswer {
    private static final int DISCARD_PORT = 9;

    private FragmentAnswer() {}

    static String of(Negotiated negotiated, List<Candidate> candidates) {
        List<String> mids = negotiated.sections().stream()
                .map(section -> section.mid().value())
                .filter(mid -> !mid.isEmpty())
                .toList();
        MediaSectionBuilder tagged = section(negotiated.sections().getFirst())
                .transport(
                        new TransportLines(negotiated.localUfrag(), negotiated.localPwd(), List.of(), List.of(), null));
        candidates.forEach(tagged::candidate);
        tagged.endOfCandidates(true);
        tagged.at(DISCARD_PORT, MediaSection.NO_CONNECTION);
        return SdpWriter.writeFragment(
                mids.isEmpty() ? List.of() : List.of(new Group(Group.BUNDLE, mids)), tagged.build());
    }

    private static MediaSectionBuilder section(Section section) {
        MediaSectionBuilder text = MediaSection.builder(section.kind().sdpName(), MediaSection.RTP)
                .formats(section.payloadTypes().stream()
                        .map(type -> Integer.toString(type.number()))
                        .toList());
        return section.mid().value().isEmpty() ? text : text.mid(section.mid().value());
    }
}
