package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.sdp.SessionDescription;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Both sides of negotiations in tests, and shorthand to look at what came out.
final class Peers {
    static final String SERVER_FINGERPRINT = "sha-256 5E:12";
    static final String CLIENT_FINGERPRINT = "sha-256 C1:1E";
    static final Candidate UDP = new Candidate("1", 1, "udp", 2_130_706_431L, "192.0.2.1", 8443, "host", null);
    static final Candidate UDP6 = new Candidate("2", 1, "udp", 2_130_706_175L, "2001:db8::1", 8443, "host", null);
    static final Candidate TCP = new Candidate("3", 1, "tcp", 1_671_430_143L, "192.0.2.1", 8443, "host", "passive");

    private Peers() {}

    static Negotiator server() {
        return server(AnswerPolicy.defaults());
    }

    static Negotiator server(AnswerPolicy policy) {
        return new Negotiator(config("srv", SERVER_FINGERPRINT, List.of(UDP, UDP6, TCP), policy));
    }

    static Offerer client() {
        return new Offerer(
                config("cli", CLIENT_FINGERPRINT, List.of(), AnswerPolicy.defaults()), OfferDialect.chromium());
    }

    static NegotiatorConfig config(String name, String fingerprint, List<Candidate> candidates, AnswerPolicy policy) {
        return new NegotiatorConfig(
                List.of(fingerprint),
                numbered(name),
                () -> candidates,
                Rng.seeded(name.hashCode()),
                "cname-" + name,
                Limits.defaults(),
                policy);
    }

    static Negotiation.Accepted accepted(Negotiation negotiation) {
        assertThat(negotiation).isInstanceOf(Negotiation.Accepted.class);
        return (Negotiation.Accepted) negotiation;
    }

    static Negotiation.Accepted accept(Negotiator negotiator, String offer) {
        return accepted(negotiator.accept(offer, List.of()));
    }

    static Negotiation.Refused refused(Negotiation negotiation) {
        assertThat(negotiation).isInstanceOf(Negotiation.Refused.class);
        return (Negotiation.Refused) negotiation;
    }

    static SessionDescription parsed(String text) {
        SdpResult result = SdpParser.parse(text, Limits.defaults());
        assertThat(result).as(text).isInstanceOf(SdpResult.Parsed.class);
        return ((SdpResult.Parsed) result).description();
    }

    static MediaSection text(Negotiation.Accepted accepted, int index) {
        return parsed(accepted.answer()).sections().get(index);
    }

    static Section section(Negotiation.Accepted accepted, String mid) {
        return Objects.requireNonNull(accepted.negotiated().section(new Mid(mid)), mid);
    }

    private static Supplier<LocalIce> numbered(String name) {
        int[] generation = {0};
        return () -> new LocalIce(name + "Ufrag" + ++generation[0], name + "Password0123456789abcd" + generation[0]);
    }
}
