package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SampleOffers;
import dev.parley.sfu.sdp.Setup;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegotiatorTest {
    @Test
    void answersPeersWithoutTransportFeedback() {
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), Offers.AIORTC);
        assertThat(accepted.negotiated().fingerprints())
                .containsExactly("sha-256 AB:CD", "sha-384 AB:CE", "sha-512 AB:CF");
        Section video = Peers.section(accepted, "1");
        assertThat(video.transportCc()).isFalse();
        assertThat(video.remb()).isTrue();
        assertThat(video.offeredSources()).containsExactly(new OfferedSource(2001, 2002));
        assertThat(video.payloadTypes())
                .extracting("codec", "number")
                .containsExactly(tuple(Codec.VP8, 97), tuple(Codec.H264, 99));
        assertThat(accepted.negotiated().mixedExtensions()).isFalse();
        assertThat(accepted.answer()).doesNotContain("transport-cc", "extmap-allow-mixed");
    }

    @Test
    void answersPeersWithoutExtensionsOrFeedback() {
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), Offers.PLAIN.replace("a=rtcp-fb:96 nack\n", ""));
        Section video = Peers.section(accepted, "v");
        assertThat(video.nack() || video.pli() || video.fir() || video.transportCc() || video.remb())
                .isFalse();
        assertThat(video.extensions().has(ExtensionType.MID)).isFalse();
        assertThat(video.source()).isEqualTo(TrackSource.CAMERA);
    }

    @Test
    void takesTheWayInWhichKeyFramesMayBeAskedFor() {
        String offer = Offers.PLAIN.replace("a=rtcp-fb:96 nack\n", "a=rtcp-fb:* ccm fir\n");
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), offer);
        assertThat(Peers.section(accepted, "v").fir()).isTrue();
        assertThat(Peers.section(accepted, "v").pli()).isFalse();
        assertThat(accepted.answer()).contains("a=rtcp-fb:96 ccm fir").doesNotContain("nack pli");
    }

    @Test
    void leavesTransportFeedbackOutWhereItsExtensionIsMissing() {
        String offer = Offers.PLAIN.replace("a=rtcp-fb:96 nack\n", "a=rtcp-fb:96 transport-cc\n");
        assertThat(Peers.section(Peers.accept(Peers.server(), offer), "v").transportCc())
                .isFalse();
    }

    @Test
    void isTheDtlsClientOfAPassivePeer() {
        Negotiation.Accepted accepted =
                Peers.accept(Peers.server(), Offers.PLAIN.replace("setup:actpass", "setup:passive"));
        assertThat(accepted.negotiated().weAreDtlsClient()).isTrue();
        assertThat(Peers.text(accepted, 0).transport().setup()).isEqualTo(Setup.ACTIVE);
    }

    @Test
    void waitsForTheHelloOfAnActivePeer() {
        for (String setup : List.of("a=setup:active\n", "")) {
            Negotiation.Accepted accepted =
                    Peers.accept(Peers.server(), Offers.PLAIN.replace("a=setup:actpass\n", setup));
            assertThat(accepted.negotiated().weAreDtlsClient()).isFalse();
            assertThat(Peers.text(accepted, 0).transport().setup()).isEqualTo(Setup.PASSIVE);
        }
    }

    @Test
    void demandsBundle() {
        refuses(Offers.PLAIN.replace("a=group:BUNDLE v\n", ""), Code.BUNDLE_REQUIRED, "BUNDLE");
        refuses(Offers.PLAIN.replace("a=group:BUNDLE v\n", "a=group:BUNDLE w\n"), Code.BUNDLE_REQUIRED, "line 6: ");
        refuses(Offers.PLAIN.replace("a=mid:v\n", ""), Code.BUNDLE_REQUIRED, "line 6: ");
    }

    @Test
    void demandsRtcpOnTheSamePort() {
        refuses(
                Offers.PLAIN.replace("a=rtcp-mux\n", ""),
                Code.BUNDLE_REQUIRED,
                "line 6: this section lacks a=rtcp-mux");
    }

    @Test
    void demandsWhatItNeedsToConnect() {
        refuses(Offers.PLAIN.replace("a=ice-ufrag:abcd\n", ""), Code.BAD_SDP, "a=ice-ufrag");
        refuses(Offers.PLAIN.replace("a=ice-pwd:0123456789abcdefghijkl\n", ""), Code.BAD_SDP, "a=ice-pwd");
        refuses(Offers.PLAIN.replace("a=fingerprint:sha-256 AB:CD\n", ""), Code.BAD_SDP, "a=fingerprint");
        refuses(Offers.PLAIN.replace("a=fingerprint:sha-256", "a=fingerprint:md5"), Code.BAD_SDP, "a=fingerprint");
        refuses(Offers.PLAIN.replace("actpass", "holdconn"), Code.BAD_SDP, "holdconn");
        refuses(Offers.PLAIN.replace("t=0 0\n", "t=0 0\na=ice-lite\n"), Code.BAD_SDP, "ice-lite");
    }

    @Test
    void namesTheLineOfBadSyntax() {
        refuses(Offers.PLAIN.replace("a=mid:v", "a=mid:v w"), Code.BAD_SDP, "line 7: mid");
        refuses("", Code.BAD_SDP, "line 1: ");
    }

    @Test
    void needsMediaAndACodec() {
        String data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:d\n";
        refuses(Offers.of(data), Code.BAD_SDP, "no audio or video");
        refuses(Offers.PLAIN.replace("VP8", "H261"), Code.NO_COMMON_CODEC, "codec");
    }

    @Test
    void takesOneSectionOfDataOnTheSharedTransport() {
        String data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:d\na=sctp-port:5001\n";
        Negotiation.Accepted accepted =
                Peers.accept(Peers.server(), Offers.of(Offers.audio("0", "sendonly"), data + "a=max-message-size:9\n"));
        assertThat(accepted.negotiated().data()).isEqualTo(new DataSection(5001, 9));
        assertThat(Peers.text(accepted, 1).sctpPort()).isEqualTo(5000);

        Negotiation.Accepted twice = Peers.accept(
                Peers.server(), Offers.of(Offers.audio("0", "sendonly"), data, data.replace("mid:d", "mid:e")));
        assertThat(Peers.text(twice, 1).port()).isPositive();
        assertThat(Peers.text(twice, 2).port()).isZero();
        assertThat(twice.negotiated().data()).isEqualTo(new DataSection(5001, 64 * 1024));

        Negotiation.Accepted old = Peers.accept(
                Peers.server(), Offers.of(Offers.audio("0", "sendonly"), data.replace("a=sctp-port:5001\n", "")));
        assertThat(Peers.text(old, 1).port()).isZero();
        assertThat(old.negotiated().data()).isNull();
    }

    @Test
    void rejectsOneSectionAndTakesTheOthers() {
        Negotiation.Accepted accepted = Peers.accept(
                Peers.server(),
                Offers.of(Offers.audio("0", "sendonly").replace("opus", "speex"), Offers.video("1", "sendonly")));
        assertThat(Peers.text(accepted, 0).port()).isZero();
        assertThat(Peers.parsed(accepted.answer()).groups().getFirst().mids()).containsExactly("1");
        assertThat(Peers.text(accepted, 1).candidates())
                .as("in the first section that is taken")
                .hasSize(3);
    }

    @Test
    void rejectsSectionsThatTheOffererStopped() {
        String stopped = Offers.audio("0", "sendonly").replace("m=audio 9", "m=audio 0");
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), Offers.of(stopped, Offers.video("1", "sendonly")));
        assertThat(Peers.text(accepted, 0).port()).isZero();
        assertThat(accepted.negotiated().sections())
                .extracting(section -> section.mid().value())
                .containsExactly("1");
    }

    @Test
    void rejectsMediaThatIsNotEncrypted() {
        refuses(Offers.PLAIN.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), Code.BAD_SDP, "no audio or video");
    }

    @Test
    void takesPublishedSectionsByTheirOrder() {
        Negotiation.Accepted accepted = Peers.accept(
                Peers.server(),
                Offers.of(
                        Offers.video("0", "sendonly"),
                        Offers.audio("1", "sendrecv"),
                        Offers.audio("2", "sendonly"),
                        Offers.video("3", "sendonly"),
                        Offers.video("4", "sendonly")));
        assertThat(accepted.negotiated().sections())
                .extracting(Section::source)
                .containsExactly(
                        TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_AUDIO, TrackSource.SCREEN, null);
        assertThat(Peers.text(accepted, 4).direction())
                .as("held, not forwarded")
                .isEqualTo(Direction.RECVONLY);
    }

    @Test
    void believesAnnouncementsBeforeTheOrder() {
        String offer = Offers.of(Offers.video("0", "sendonly"), Offers.video("1", "sendonly"));
        Negotiator server = Peers.server();
        Negotiation.Accepted accepted =
                Peers.accepted(server.accept(offer, List.of(new AnnouncedSection("0", TrackSource.SCREEN))));
        assertThat(accepted.negotiated().sections())
                .extracting(Section::source)
                .containsExactly(TrackSource.SCREEN, TrackSource.CAMERA);
        assertThat(Peers.accept(server, offer).negotiated().sections())
                .as("still so in a later offer without announcements")
                .extracting(Section::source)
                .containsExactly(TrackSource.SCREEN, TrackSource.CAMERA);
    }

    @Test
    void refusesAnnouncementsThatCannotBe() {
        String offer = Offers.of(Offers.video("0", "sendonly"), Offers.video("1", "sendonly"));
        assertThat(Peers.refused(Peers.server()
                                .accept(offer, List.of(new AnnouncedSection("0", TrackSource.MICROPHONE))))
                        .detail())
                .contains("is video, not microphone");
        AnnouncedSection one = new AnnouncedSection("0", TrackSource.CAMERA);
        AnnouncedSection two = new AnnouncedSection("1", TrackSource.CAMERA);
        assertThat(Peers.refused(Peers.server().accept(offer, List.of(one, two)))
                        .detail())
                .contains("twice");
    }

    @Test
    void followsThePolicyOfOneSection() {
        AnswerPolicy vp9 = new AnswerPolicy(List.of(), List.of(Codec.VP9), true, true, false, false);
        Negotiation.Accepted accepted = Peers.accepted(Peers.server()
                .accept(SampleOffers.chromium(), List.of(new AnnouncedSection("1", TrackSource.CAMERA, vp9))));
        assertThat(Peers.text(accepted, 1).formats()).containsExactly("98", "99");
        assertThat(Peers.text(accepted, 2).formats()).startsWith("96");
    }

    @Test
    void asksForSilenceAndStereoWhereThePolicyDoes() {
        AnswerPolicy policy = new AnswerPolicy(List.of(Codec.OPUS, Codec.RED), List.of(), true, true, true, true);
        MediaSection audio = Peers.text(Peers.accept(Peers.server(policy), SampleOffers.chromium()), 0);
        assertThat(audio.codecs().getFirst().parameters()).isEqualTo("minptime=10;useinbandfec=1;usedtx=1;stereo=1");
        assertThat(audio.formats()).as("RED repeats Opus").containsExactly("111", "63");
    }

    @Test
    void letsAViewerReceiveOnly() {
        Negotiation.Accepted accepted = Peers.accept(
                Peers.server(AnswerPolicy.defaults().viewing()),
                Offers.of(Offers.audio("0", "sendonly"), Offers.audio("1", "recvonly"), Offers.video("2", "sendrecv")));
        assertThat(Peers.parsed(accepted.answer()).sections())
                .extracting(MediaSection::direction)
                .containsExactly(Direction.INACTIVE, Direction.SENDONLY, Direction.SENDONLY);
        assertThat(Peers.section(accepted, "2").slot()).isZero();
        assertThat(Peers.section(accepted, "2").kind()).isEqualTo(MediaKind.VIDEO);
    }

    private static void refuses(String offer, Code code, String detail) {
        Negotiation.Refused refused = Peers.refused(Peers.server().accept(offer, List.of()));
        assertThat(refused.code()).as(refused.detail()).isEqualTo(code);
        assertThat(refused.detail()).contains(detail);
    }
}
