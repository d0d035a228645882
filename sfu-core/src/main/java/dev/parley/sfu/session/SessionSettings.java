package dev.parley.sfu.session;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.ice.IceCredentials;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.util.List;
import java.util.function.Supplier;

/// What all sessions of one loop share.
///
/// @param loopIndex the loop's number, readable from the ufrag of each session's credentials
/// @param wallOffsetNs what makes Unix time of the loop's time, for sender reports: one clock for all
public record SessionSettings(
        Loop loop,
        int loopIndex,
        Feeds feeds,
        Limits limits,
        Rng rng,
        DtlsCertificate certificate,
        DtlsRunner dtlsRunner,
        SrtpCipherSuite ciphers,
        long wallOffsetNs) {
    private static final int CNAME_CHARACTERS = 16;

    /// How one session negotiates.
    ///
    /// @param candidates asked for each answer, because addresses come and go
    NegotiatorConfig negotiation(Supplier<List<Candidate>> candidates, AnswerPolicy policy) {
        return new NegotiatorConfig(
                List.of(certificate.fingerprint().format()),
                this::newCredentials,
                candidates,
                rng,
                rng.token(CNAME_CHARACTERS),
                limits,
                policy);
    }

    private LocalIce newCredentials() {
        IceCredentials credentials = IceCredentials.local(rng, loopIndex);
        return new LocalIce(credentials.ufrag(), credentials.password());
    }
}
