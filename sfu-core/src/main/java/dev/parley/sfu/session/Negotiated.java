package dev.parley.sfu.session;

import dev.parley.sfu.base.Mid;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.sdp.Candidate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an offer and its answer came to, seen from our side.
///
/// @param fingerprints of the other side, `sha-256 AB:CD:…`; its certificate must match one of them
/// @param weAreDtlsClient we send the ClientHello
/// @param iceRestart the credentials of both sides are new, everything else goes on
/// @param mixedExtensions one- and two-byte header extensions may be mixed in one stream, RFC 8285 section 6
/// @param extensions those of all sections together: an id means the same in each
/// @param remoteCandidates empty for a server: it never sends to an address that it only read
/// @param sections those that were taken, in the order of their `m=` lines
/// @param data where data channels were agreed on, what was; else null
/// @param resting those that were not, but may be again under the same mid
public record Negotiated(
        String remoteUfrag,
        String remotePwd,
        String localUfrag,
        String localPwd,
        List<String> fingerprints,
        boolean weAreDtlsClient,
        boolean iceRestart,
        boolean mixedExtensions,
        ExtensionIds extensions,
        List<Candidate> remoteCandidates,
        List<Section> sections,
        @Nullable DataSection data,
        Set<Mid> resting) {
    public Negotiated {
        fingerprints = List.copyOf(fingerprints);
        remoteCandidates = List.copyOf(remoteCandidates);
        sections = List.copyOf(sections);
        resting = Set.copyOf(resting);
    }

    /// The same with these credentials.
    Negotiated generation(RemoteTransport remote, LocalIce local, boolean restarts) {
        return new Negotiated(
                remote.ufrag(),
                remote.pwd(),
                local.ufrag(),
                local.pwd(),
                fingerprints,
                weAreDtlsClient,
                restarts,
                mixedExtensions,
                extensions,
                remoteCandidates,
                sections,
                data,
                resting);
    }

    /// Whether there is such a section, taken or resting.
    boolean knows(Mid mid) {
        return resting.contains(mid) || section(mid) != null;
    }

    /// The section with this mid, or null.
    public @Nullable Section section(Mid mid) {
        for (Section section : sections) {
            if (section.mid().equals(mid)) {
                return section;
            }
        }
        return null;
    }
}
