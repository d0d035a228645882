package dev.parley.sfu.session;

import dev.parley.sfu.sdp.Group;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SdpFragment;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.sdp.SessionDescription;
import dev.parley.sfu.sdp.Setup;
import dev.parley.sfu.sdp.TransportLines;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The one transport of a bundle as the other side describes it, RFC 9143, with the demands that we make: everything
/// bundled, RTCP on the same port, a certificate that we can check. A lone section that has no mid cannot name
/// itself in a group, and needs none.
///
/// @param setup what the other side says of its DTLS role
record RemoteTransport(String ufrag, String pwd, List<String> fingerprints, Setup setup) {
    private static final Set<String> HASHES = Set.of("sha-256", "sha-384", "sha-512");

    static RemoteTransport of(SdpResult.Parsed parsed) throws RefusedException {
        SessionDescription description = parsed.description();
        Group bundle = description.bundle();
        Set<String> bundled = bundle == null ? Set.of() : new HashSet<>(bundle.mids());
        MediaSection lone = bundle == null ? lone(description) : null;
        for (int i = 0; i < description.sections().size(); i++) {
            MediaSection section = description.sections().get(i);
            if (media(section) && section.live()) {
                requireShared(section, section == lone || bundled.contains(section.mid()), parsed, i);
            }
        }
        TransportLines lines = bundle != null
                ? tagged(description, bundle)
                : lone != null ? lone.transport().or(description.transport()) : description.transport();
        return of(lines);
    }

    /// The only section with media, where it has no mid.
    private static @Nullable MediaSection lone(SessionDescription description) throws RefusedException {
        MediaSection lone = null;
        for (MediaSection section : description.sections()) {
            if (media(section) && section.live()) {
                if (lone != null || section.mid() != null) {
                    throw new RefusedException(
                            Code.BUNDLE_REQUIRED, "there is no a=group:BUNDLE; all media has to share one transport");
                }
                lone = section;
            }
        }
        return lone;
    }

    /// Audio or video, the only kinds that we take.
    static boolean media(MediaSection section) {
        return section.kind().equals("audio") || section.kind().equals("video");
    }

    /// Whether this is a new generation of ICE, RFC 8839 section 4.4.1.1.1.
    boolean restarts(RemoteTransport former) {
        return !ufrag.equals(former.ufrag) || !pwd.equals(former.pwd);
    }

    /// The same with the credentials of a fragment, where it has any.
    RemoteTransport with(SdpFragment fragment) {
        return fragment.ufrag() == null || fragment.pwd() == null
                ? this
                : new RemoteTransport(fragment.ufrag(), fragment.pwd(), fingerprints, setup);
    }

    /// Whether the same certificates may come. Their order means nothing.
    boolean sameFingerprints(RemoteTransport former) {
        return Set.copyOf(fingerprints).equals(Set.copyOf(former.fingerprints));
    }

    private static void requireShared(MediaSection section, boolean shared, SdpResult.Parsed parsed, int index)
            throws RefusedException {
        int line = parsed.sectionLines().get(index);
        if (!shared) {
            throw new RefusedException(Code.BUNDLE_REQUIRED, line, "this section is not in the BUNDLE group");
        }
        if (!section.rtcpMux()) {
            throw new RefusedException(Code.BUNDLE_REQUIRED, line, "this section lacks a=rtcp-mux");
        }
    }

    /// The lines of the group's first section that lives, RFC 9143 section 7.2.1, completed by the session's.
    private static TransportLines tagged(SessionDescription description, Group bundle) {
        Map<String, MediaSection> byMid = new HashMap<>();
        for (MediaSection section : description.sections()) {
            if (section.mid() != null && section.live()) {
                byMid.put(section.mid(), section);
            }
        }
        for (String mid : bundle.mids()) {
            MediaSection section = byMid.get(mid);
            if (section != null) {
                return section.transport().or(description.transport());
            }
        }
        return description.transport();
    }

    private static RemoteTransport of(TransportLines lines) throws RefusedException {
        if (!checkable(lines.fingerprints())) {
            throw new RefusedException(Code.BAD_SDP, "there is no a=fingerprint with sha-256, sha-384 or sha-512");
        }
        if (lines.setup() == Setup.HOLDCONN) {
            throw new RefusedException(Code.BAD_SDP, "a=setup:holdconn leaves no one to begin the handshake");
        }
        return new RemoteTransport(
                required(lines.iceUfrag(), "ice-ufrag"),
                required(lines.icePwd(), "ice-pwd"),
                lines.fingerprints(),
                lines.setup() == null ? Setup.ACTIVE : lines.setup());
    }

    private static boolean checkable(List<String> fingerprints) {
        for (String fingerprint : fingerprints) {
            if (HASHES.contains(fingerprint.substring(0, fingerprint.indexOf(' ')))) {
                return true;
            }
        }
        return false;
    }

    private static String required(@Nullable String value, String name) throws RefusedException {
        if (value == null) {
            throw new RefusedException(Code.BAD_SDP, "there is no a=" + name);
        }
        return value;
    }
}
