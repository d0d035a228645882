package dev.parley.sfu.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a description says of ICE and DTLS, for the session or for one section. A section's own lines go before those
/// of the session.
///
/// @param fingerprints `sha-256 AB:CD:…`, the algorithm in small letters, the digits in capitals
public record TransportLines(
        @Nullable String iceUfrag,
        @Nullable String icePwd,
        List<String> iceOptions,
        List<String> fingerprints,
        @Nullable Setup setup) {
    public static final TransportLines NONE = new TransportLines(null, null, List.of(), List.of(), null);

    public TransportLines {
        iceOptions = List.copyOf(iceOptions);
        fingerprints = List.copyOf(fingerprints);
    }

    /// These lines, completed by the ones of the session.
    public TransportLines or(TransportLines session) {
        return new TransportLines(
                iceUfrag == null ? session.iceUfrag : iceUfrag,
                icePwd == null ? session.icePwd : icePwd,
                iceOptions.isEmpty() ? session.iceOptions : iceOptions,
                fingerprints.isEmpty() ? session.fingerprints : fingerprints,
                setup == null ? session.setup : setup);
    }
}
