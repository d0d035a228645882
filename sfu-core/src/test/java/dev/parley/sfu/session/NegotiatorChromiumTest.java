package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.Group;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.Rid;
import dev.parley.sfu.sdp.SampleOffers;
import dev.parley.sfu.sdp.SdpCodec;
import dev.parley.sfu.sdp.SessionDescription;
import dev.parley.sfu.sdp.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The answer to what Chromium really offers: microphone, camera with three encodings, screen, data.
class NegotiatorChromiumTest {
    private final Negotiation.Accepted accepted = Peers.accept(Peers.server(), SampleOffers.chromium());
    private final SessionDescription answer = Peers.parsed(accepted.answer());

    @Test
    void saysThatItIsLiteAndBundlesWhatItTakes() {
        assertThat(answer.iceLite()).isTrue();
        assertThat(answer.extmapAllowMixed()).isTrue();
        assertThat(answer.groups()).containsExactly(new Group(Group.BUNDLE, List.of("0", "1", "2", "3")));
    }

    @Test
    void givesTransportToEachSectionAndCandidatesToTheFirst() {
        for (MediaSection section : answer.sections().subList(0, 3)) {
            assertThat(section.port()).isEqualTo(8443);
            assertThat(section.connection()).isEqualTo("IN IP4 192.0.2.1");
            assertThat(section.rtcpMux()).isTrue();
            assertThat(section.transport().iceUfrag()).isEqualTo("srvUfrag1");
            assertThat(section.transport().fingerprints()).containsExactly(Peers.SERVER_FINGERPRINT);
            assertThat(section.transport().setup()).isEqualTo(Setup.PASSIVE);
        }
        assertThat(answer.sections().getFirst().candidates()).containsExactly(Peers.UDP, Peers.UDP6, Peers.TCP);
        assertThat(answer.sections().getFirst().endOfCandidates()).isTrue();
        assertThat(answer.sections().get(1).candidates()).isEmpty();
    }

    @Test
    void takesTheDataSection() {
        MediaSection data = answer.sections().get(3);
        assertThat(data.port()).isPositive();
        assertThat(data.mid()).isEqualTo("3");
        assertThat(data.formats()).containsExactly("webrtc-datachannel");
        assertThat(data.sctpPort()).isEqualTo(5000);
        assertThat(data.maxMessageBytes()).isEqualTo(262_144);
        assertThat(data.transport().iceUfrag()).isEqualTo("srvUfrag1");
    }

    @Test
    void takesOpusThatIsSilentInSilenceAndAsksForRedundancy() {
        MediaSection audio = answer.sections().getFirst();
        assertThat(audio.direction()).isEqualTo(Direction.RECVONLY);
        assertThat(audio.codecs())
                .containsExactly(
                        new SdpCodec(63, "red", 48_000, 2, "111/111", List.of()),
                        new SdpCodec(
                                111,
                                "opus",
                                48_000,
                                2,
                                "minptime=10;useinbandfec=1;usedtx=1",
                                List.of("transport-cc")));
    }

    @Test
    void ordersCodecsAndTakesOneFormOfEach() {
        MediaSection camera = answer.sections().get(1);
        assertThat(camera.formats()).containsExactly("96", "97", "108", "109", "98", "99", "45", "46");
        assertThat(camera.codecs())
                .filteredOn(codec -> !codec.name().equals("rtx"))
                .allSatisfy(codec -> assertThat(codec.feedback())
                        .containsExactlyInAnyOrder("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"));
        assertThat(Peers.section(accepted, "1").payloadTypes())
                .extracting(PayloadType::codec, PayloadType::number, PayloadType::rtxNumber)
                .containsExactly(
                        tuple(Codec.VP8, 96, 97),
                        tuple(Codec.H264, 108, 109),
                        tuple(Codec.VP9, 98, 99),
                        tuple(Codec.AV1, 45, 46));
    }

    @Test
    void takesAllThreeEncodings() {
        MediaSection camera = answer.sections().get(1);
        assertThat(camera.rids())
                .containsExactly(new Rid("q", false, ""), new Rid("h", false, ""), new Rid("f", false, ""));
        assertThat(camera.simulcast().receive()).containsExactly("q", "h", "f");
        assertThat(camera.simulcast().send()).isEmpty();
        assertThat(Peers.section(accepted, "1").rids()).containsExactly("q", "h", "f");
    }

    @Test
    void repeatsWhichEncodingsStartPaused() {
        String offer = SampleOffers.chromium().replace("a=simulcast:send q;h;f", "a=simulcast:send ~q;~h;f");
        SessionDescription paused =
                Peers.parsed(Peers.accept(Peers.server(), offer).answer());
        assertThat(paused.sections().get(1).simulcast().paused()).containsExactlyInAnyOrder("q", "h");
        assertThat(answer.sections().get(1).simulcast().paused()).isEmpty();
    }

    @Test
    void leavesOutExtensionsThatNobodyReads() {
        assertThat(answer.sections().get(1).extmaps())
                .extracting(extmap -> ExtensionType.of(extmap.uri()))
                .contains(ExtensionType.MID, ExtensionType.RID, ExtensionType.REPAIRED_RID, ExtensionType.TRANSPORT_CC)
                .contains(ExtensionType.DEPENDENCY_DESCRIPTOR, ExtensionType.VIDEO_ORIENTATION)
                .doesNotContain(ExtensionType.TOFFSET, ExtensionType.VIDEO_LAYERS_ALLOCATION);
        assertThat(accepted.negotiated().extensions().id(ExtensionType.MID)).isEqualTo(4);
        assertThat(accepted.negotiated().extensions().id(ExtensionType.AUDIO_LEVEL))
                .isEqualTo(1);
        assertThat(accepted.negotiated().mixedExtensions()).isTrue();
    }

    @Test
    void tellsTheMediaPathWhatEachSectionIs() {
        Negotiated negotiated = accepted.negotiated();
        assertThat(negotiated.remoteUfrag()).isEqualTo("Ift9");
        assertThat(negotiated.remotePwd()).isEqualTo("l8qK5RBkRXcmbX69i9YgL2f3");
        assertThat(negotiated.localUfrag()).isEqualTo("srvUfrag1");
        assertThat(negotiated.fingerprints()).singleElement().asString().startsWith("sha-256 C5:1E:3A");
        assertThat(negotiated.weAreDtlsClient()).isFalse();
        assertThat(negotiated.iceRestart()).isFalse();
        assertThat(negotiated.sections())
                .extracting(Section::source)
                .containsExactly(TrackSource.MICROPHONE, TrackSource.CAMERA, TrackSource.SCREEN);
        assertThat(negotiated.sections()).allSatisfy(section -> {
            assertThat(section.weReceive()).isTrue();
            assertThat(section.weSend()).isFalse();
            assertThat(section.sendSsrc()).isZero();
            assertThat(section.slot()).isEqualTo(Section.NO_SLOT);
            assertThat(section.transportCc()).isTrue();
            assertThat(section.reducedSize()).isTrue();
        });
        Section camera = negotiated.sections().get(1);
        assertThat(camera.kind()).isEqualTo(MediaKind.VIDEO);
        assertThat(camera.nack() && camera.pli() && camera.rtx() && camera.remb())
                .isTrue();
        assertThat(camera.trackId()).isEqualTo("864958f5-17ab-4250-b272-50d123964985");
    }

    @Test
    void pairsSourcesWithTheirRetransmissions() {
        assertThat(Peers.section(accepted, "0").offeredSources()).containsExactly(new OfferedSource(1998918049, 0));
        assertThat(Peers.section(accepted, "1").offeredSources()).isEmpty();
        assertThat(Peers.section(accepted, "2").offeredSources())
                .containsExactly(new OfferedSource((int) 4293350707L, 1366408822));
    }
}
