package dev.parley.sfu.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the ICE and DTLS lines of one level while it is parsed. The first of several equal lines holds.
final class TransportCollector {
    /// Peers offer one, aiortc three.
    private static final int FINGERPRINTS_MAX = 8;

    private final List<String> fingerprints = new ArrayList<>(1);
    private List<String> iceOptions = List.of();
    private @Nullable String ufrag;
    private @Nullable String pwd;
    private @Nullable Setup setup;

    /// Takes an attribute if it is one of these; false if it is another's.
    boolean take(SdpLines line, String name, String value) throws SdpSyntaxException {
        switch (name) {
            case "ice-ufrag" -> ufrag(line, value);
            case "ice-pwd" -> pwd(line, value);
            case "ice-options" -> iceOptions = SdpText.words(value);
            case "fingerprint" -> fingerprint(line, value);
            case "setup" -> setup(line, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    TransportLines lines() {
        return new TransportLines(ufrag, pwd, iceOptions, fingerprints, setup);
    }

    private void ufrag(SdpLines line, String value) throws SdpSyntaxException {
        if (!SdpText.iceCharacters(value, 4, 256)) {
            throw line.wrong("ice-ufrag is not 4 to 256 ice-chars");
        }
        ufrag = ufrag == null ? value : ufrag;
    }

    private void pwd(SdpLines line, String value) throws SdpSyntaxException {
        if (!SdpText.iceCharacters(value, 22, 256)) {
            throw line.wrong("ice-pwd is not 22 to 256 ice-chars");
        }
        pwd = pwd == null ? value : pwd;
    }

    private void fingerprint(SdpLines line, String value) throws SdpSyntaxException {
        String fingerprint = SdpText.fingerprint(value);
        if (fingerprint == null) {
            throw line.wrong("fingerprint is not of the form 'sha-256 AB:CD:...'");
        }
        if (fingerprints.size() == FINGERPRINTS_MAX) {
            throw line.wrong("more than " + FINGERPRINTS_MAX + " fingerprints");
        }
        fingerprints.add(fingerprint);
    }

    private void setup(SdpLines line, String value) throws SdpSyntaxException {
        Setup named = Setup.named(value);
        if (named == null) {
            throw line.wrong("unknown setup role");
        }
        setup = setup == null ? named : setup;
    }
}
