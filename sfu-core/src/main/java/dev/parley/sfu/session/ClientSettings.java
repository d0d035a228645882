package dev.parley.sfu.session;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.ice.IceCredentials;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.util.List;

/// What client sessions of one loop share.
public record ClientSettings(
        Loop loop,
        Limits limits,
        Rng rng,
        DtlsCertificate certificate,
        DtlsRunner dtlsRunner,
        SrtpCipherSuite ciphers,
        IceClientSettings ice) {

    /// How one session offers.
    NegotiatorConfig negotiation(String cname) {
        return new NegotiatorConfig(
                List.of(certificate.fingerprint().format()),
                this::newCredentials,
                List::of,
                rng,
                cname,
                limits,
                AnswerPolicy.defaults());
    }

    private LocalIce newCredentials() {
        IceCredentials credentials = IceCredentials.local(rng, 0);
        return new LocalIce(credentials.ufrag(), credentials.password());
    }
}
