package dev.parley.sfu.session;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sdp.Candidate;
import java.util.List;
import java.util.function.Supplier;

/// What a negotiation needs to know of the side it speaks for.
///
/// @param fingerprints of our certificate, `sha-256 AB:CD:…`
/// @param ice asked once at the start and once for each ICE restart
/// @param candidates asked for each description we write, because addresses come and go; UDP before TCP
/// @param rng for SSRCs and the session id
/// @param cname of all we send, RFC 7022: one clock, one name
public record NegotiatorConfig(
        List<String> fingerprints,
        Supplier<LocalIce> ice,
        Supplier<List<Candidate>> candidates,
        Rng rng,
        String cname,
        Limits limits,
        AnswerPolicy policy) {
    public NegotiatorConfig {
        fingerprints = List.copyOf(fingerprints);
    }
}
