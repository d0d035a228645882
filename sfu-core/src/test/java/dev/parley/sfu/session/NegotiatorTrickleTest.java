package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Fragments, RFC 8840: candidates that a lite agent does not need, and ICE restarts without a new offer.
final class NegotiatorTrickleTest {
    private static final String CANDIDATE = "a=candidate:1 1 udp 2130706431 192.0.2.9 5000 typ host\r\n";
    private static final String SAME = "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijkl\r\n";
    private static final String OTHERS = "a=ice-ufrag:efgh\r\na=ice-pwd:lkjihgfedcba9876543210\r\n";

    private final Negotiator negotiator = Peers.server();
    private final Negotiated first = Peers.accept(negotiator, Offers.AIORTC).negotiated();

    private Negotiation.Accepted trickle(String fragment) {
        return Peers.accepted(negotiator.trickle(fragment));
    }

    @Test
    void candidatesAreTakenAndChangeNothing() {
        for (String fragment : new String[] {
            CANDIDATE,
            SAME + "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n" + CANDIDATE + "a=end-of-candidates\r\n",
            "a=end-of-candidates\r\n",
            "a=candidate:\r\n",
            SAME
        }) {
            Negotiation.Accepted accepted = trickle(fragment);
            assertThat(accepted.answer()).isEmpty();
            assertThat(accepted.negotiated().iceRestart()).isFalse();
            assertThat(accepted.negotiated()).isEqualTo(first);
        }
    }

    @Test
    void otherCredentialsRestartIceAndNothingElse() {
        Negotiation.Accepted accepted = trickle(OTHERS + "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n" + CANDIDATE);
        Negotiated restarted = accepted.negotiated();
        assertThat(restarted.iceRestart()).isTrue();
        assertThat(restarted.remoteUfrag()).isEqualTo("efgh");
        assertThat(restarted.localUfrag()).isNotEqualTo(first.localUfrag());
        assertThat(restarted.localPwd()).isNotEqualTo(first.localPwd());
        assertThat(restarted.sections()).isEqualTo(first.sections());
        assertThat(restarted.weAreDtlsClient()).isEqualTo(first.weAreDtlsClient());
    }

    @Test
    void aRestartIsAnsweredByAFragmentWithEveryCandidate() {
        Negotiation.Accepted accepted = trickle(OTHERS);
        assertThat(accepted.answer())
                .startsWith("a=ice-lite\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 96\r\n")
                .contains("a=mid:0\r\na=ice-ufrag:" + accepted.negotiated().localUfrag() + "\r\na=ice-pwd:"
                        + accepted.negotiated().localPwd() + "\r\na=candidate:")
                .contains("2001:db8::1 8443 typ host")
                .endsWith("a=end-of-candidates\r\n");
    }

    @Test
    void theCredentialsOfARestartAreTheOnesThatHold() {
        Negotiated restarted = trickle(OTHERS).negotiated();
        assertThat(trickle(OTHERS).negotiated().iceRestart()).isFalse();
        assertThat(trickle(OTHERS).negotiated().localUfrag()).isEqualTo(restarted.localUfrag());
        assertThat(trickle(SAME).negotiated().iceRestart()).isTrue();
    }

    @Test
    void anOfferAfterARestartGoesOnFromIt() {
        Negotiated restarted = trickle(OTHERS).negotiated();
        String further = Offers.AIORTC
                .replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh")
                .replace("a=ice-pwd:0123456789abcdefghijkl", "a=ice-pwd:lkjihgfedcba9876543210");
        Negotiated offered = Peers.accept(negotiator, further).negotiated();
        assertThat(offered.iceRestart()).isFalse();
        assertThat(offered.localUfrag()).isEqualTo(restarted.localUfrag());
    }

    @Test
    void whatIsNoFragmentIsRefusedWithItsLine() {
        assertThat(Peers.refused(negotiator.trickle("a=ice-ufrag:efgh\r\n")).detail())
                .isEqualTo("line 1: a=ice-ufrag and a=ice-pwd come together");
        assertThat(Peers.refused(negotiator.trickle("m=audio 9 RTP/AVP 0\r\na=mid:0\r\n"))
                        .detail())
                .isEqualTo("line 2: neither credentials nor candidates");
        assertThat(Peers.refused(negotiator.trickle("candidates\r\n")).detail()).startsWith("line 1: ");
        assertThat(Peers.refused(negotiator.trickle(CANDIDATE + "a=ice-pwd:short\r\n"))
                        .detail())
                .startsWith("line 2: ");
        assertThat(Peers.refused(negotiator.trickle("")).code()).isEqualTo(Negotiation.Code.BAD_SDP);
        assertThat(Peers.refused(negotiator.trickle(CANDIDATE.repeat(65))).detail())
                .startsWith("line 65: ");
        assertThat(trickle(SAME).negotiated()).isEqualTo(first);
    }

    @Test
    void aFragmentBeforeTheFirstOfferIsRefused() {
        assertThat(Peers.refused(Peers.server().trickle(SAME)).code()).isEqualTo(Negotiation.Code.BAD_SDP);
    }
}
