package dev.parley.sfu.session;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.sctp.SctpSettings;
import dev.parley.sfu.sdp.Group;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.MediaSectionBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The section of data channels, [RFC 8841](https://www.rfc-editor.org/rfc/rfc8841): one association on the transport
/// that all share.
///
/// @param peerPort its `a=sctp-port`
/// @param peerMessageBytes the longest message that the peer takes
public record DataSection(int peerPort, int peerMessageBytes) {
    static final String KIND = "application";
    static final String PROTOCOL = "UDP/DTLS/SCTP";
    private static final String FORMAT = "webrtc-datachannel";

    /// Where `a=max-message-size` is not given, RFC 8841 §6.1.
    private static final int PEER_MESSAGE_BYTES = 64 * 1024;

    /// Null for what is no such section, or has a transport of its own.
    static @Nullable DataSection of(MediaSection offered, @Nullable Group bundle) {
        boolean shared =
                bundle != null && offered.mid() != null && bundle.mids().contains(offered.mid());
        boolean understood = offered.kind().equals(KIND)
                && offered.protocol().endsWith("DTLS/SCTP")
                && offered.formats().contains(FORMAT);
        if (!shared || !understood || offered.sctpPort() == 0) {
            return null;
        }
        int most = offered.maxMessageBytes() == 0 ? PEER_MESSAGE_BYTES : offered.maxMessageBytes();
        return new DataSection(offered.sctpPort(), most);
    }

    /// All but the transport's lines.
    static MediaSectionBuilder text(MediaSection offered, Limits limits) {
        return text(offered.protocol(), offered.mid(), limits.sctpMessageBytes());
    }

    static MediaSectionBuilder text(String protocol, @Nullable String mid, int messageBytes) {
        return MediaSection.builder(KIND, protocol)
                .formats(List.of(FORMAT))
                .mid(mid)
                .sctp(SctpSettings.PORT, messageBytes);
    }

    SctpSettings settings(Limits limits) {
        return SctpSettings.of(limits).withPeerPort(peerPort).withPeerMessageBytesMax(peerMessageBytes);
    }
}
