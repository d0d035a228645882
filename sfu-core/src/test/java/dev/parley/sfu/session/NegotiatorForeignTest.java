package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.sdp.SessionDescription;
import dev.parley.sfu.sdp.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Offers of clients that are no browsers: the least that conforms has to do.
final class NegotiatorForeignTest {
    private static final String LONE = Offers.HEAD + """
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=sendonly
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            """ + Offers.TRANSPORT;

    private static Negotiation.Accepted publishing(String offer) {
        return Peers.accept(Peers.server(AnswerPolicy.defaults().publishing()), offer);
    }

    private static Negotiation.Accepted viewing(String offer) {
        return Peers.accept(Peers.server(AnswerPolicy.defaults().viewing()), offer);
    }

    @Test
    void aLoneSectionWithoutMidNeedsNoBundle() {
        Negotiation.Accepted accepted = publishing(LONE);
        SessionDescription answer = Peers.parsed(accepted.answer());
        assertThat(answer.bundle()).isNull();
        assertThat(answer.sections().getFirst().mid()).isNull();
        assertThat(Peers.section(accepted, "").weReceive()).isTrue();
    }

    @Test
    void aRestartOfALoneSectionNamesNoBundle() {
        Negotiator negotiator = Peers.server();
        Peers.accept(negotiator, LONE);
        Negotiation.Accepted restarted =
                Peers.accepted(negotiator.trickle("a=ice-ufrag:efgh\r\na=ice-pwd:lkjihgfedcba9876543210\r\n"));
        assertThat(restarted.answer()).doesNotContain("BUNDLE").doesNotContain("a=mid");
    }

    @Test
    void aLoneSectionBesideARejectedOneIsStillAlone() {
        String rejected = "m=video 0 UDP/TLS/RTP/SAVPF 96\na=rtpmap:96 VP8/90000\n";
        assertThat(publishing(LONE + rejected).negotiated().sections()).hasSize(1);
    }

    @Test
    void twoSectionsNeedABundle() {
        String two = LONE + "m=video 9 UDP/TLS/RTP/SAVPF 96\na=rtcp-mux\na=rtpmap:96 VP8/90000\n";
        assertThat(Peers.refused(Peers.server().accept(two, List.of())).code())
                .isEqualTo(Negotiation.Code.BUNDLE_REQUIRED);
    }

    @Test
    void aPublisherThatWouldAlsoReceiveOnlySends() {
        Negotiation.Accepted accepted =
                publishing(Offers.of(Offers.audio("0", "sendrecv"), Offers.video("1", "recvonly")));
        assertThat(Peers.section(accepted, "0").weReceive()).isTrue();
        assertThat(Peers.section(accepted, "0").weSend()).isFalse();
        assertThat(Peers.section(accepted, "1").weSend()).isFalse();
        assertThat(accepted.answer()).contains("a=recvonly", "a=inactive").doesNotContain("a=sendonly");
    }

    @Test
    void aViewerThatWouldAlsoSendOnlyReceives() {
        Negotiation.Accepted accepted =
                viewing(Offers.of(Offers.audio("0", "sendrecv"), Offers.video("1", "sendonly")));
        assertThat(Peers.section(accepted, "0").weSend()).isTrue();
        assertThat(Peers.section(accepted, "0").weReceive()).isFalse();
        assertThat(Peers.section(accepted, "1").weReceive()).isFalse();
    }

    @Test
    void whoDoesNothingOfWhatTheyCameForIsRefused() {
        Negotiator publishing = Peers.server(AnswerPolicy.defaults().publishing());
        assertThat(Peers.refused(publishing.accept(Offers.of(Offers.audio("0", "recvonly")), List.of()))
                        .detail())
                .isEqualTo("no section sends audio or video");
        Negotiator viewing = Peers.server(AnswerPolicy.defaults().viewing());
        assertThat(Peers.refused(viewing.accept(Offers.of(Offers.audio("0", "sendonly")), List.of()))
                        .detail())
                .isEqualTo("no section receives audio or video");
    }

    @Test
    void ourDtlsRoleIsTheOneThatIsLeft() {
        for (Setup theirs : new Setup[] {Setup.ACTPASS, Setup.ACTIVE, Setup.PASSIVE}) {
            String offer = LONE.replace("a=setup:actpass", "a=setup:" + theirs.sdpName());
            Negotiation.Accepted accepted = publishing(offer);
            boolean weBegin = theirs == Setup.PASSIVE;
            assertThat(accepted.negotiated().weAreDtlsClient()).isEqualTo(weBegin);
            assertThat(accepted.answer()).contains(weBegin ? "a=setup:active" : "a=setup:passive");
        }
    }

    @Test
    void withoutRtxFeedbackAndExtensionsThereAreNone() {
        String offer =
                Offers.of("m=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:0\na=recvonly\na=rtcp-mux\na=rtpmap:96 VP8/90000\n");
        Section section = Peers.section(viewing(offer), "0");
        assertThat(section.sendSsrc()).isNotZero();
        assertThat(section.sendRtxSsrc()).isZero();
        assertThat(section.rtx()).isFalse();
        assertThat(section.nack()).isFalse();
        assertThat(section.transportCc()).isFalse();
        assertThat(section.remb()).isFalse();
    }
}
