package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.Extmap;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SampleOffers;
import dev.parley.sfu.sdp.SdpCodec;
import dev.parley.sfu.sdp.SessionDescription;
import org.junit.jupiter.api.Test;

/// The answer to what Firefox really offers: bundle-only sections with port 0, the fingerprint once for the session,
/// directions on header extensions, SSRCs for each encoding, candidates.
class NegotiatorFirefoxTest {
    private final Negotiation.Accepted accepted = Peers.accept(Peers.server(), SampleOffers.firefox());
    private final SessionDescription answer = Peers.parsed(accepted.answer());

    @Test
    void takesSectionsThatAreBundleOnly() {
        assertThat(answer.sections()).extracting(MediaSection::port).containsExactly(8443, 8443, 8443, 8443);
        assertThat(accepted.negotiated().sections())
                .extracting(Section::source)
                .containsExactly(TrackSource.MICROPHONE, TrackSource.CAMERA, TrackSource.SCREEN);
    }

    @Test
    void findsTheFingerprintOfTheSession() {
        assertThat(accepted.negotiated().fingerprints())
                .singleElement()
                .asString()
                .startsWith("sha-256 FE:C3:C1");
        assertThat(accepted.negotiated().remoteUfrag()).isEqualTo("912a2476");
    }

    @Test
    void mirrorsTheDirectionsOfExtensions() {
        assertThat(answer.sections().get(1).extmaps())
                .contains(
                        new Extmap(3, Direction.SENDRECV, ExtensionType.MID.uri()),
                        new Extmap(6, Direction.SENDONLY, ExtensionType.PLAYOUT_DELAY.uri()),
                        new Extmap(8, Direction.RECVONLY, ExtensionType.DEPENDENCY_DESCRIPTOR.uri()),
                        new Extmap(9, Direction.RECVONLY, ExtensionType.RID.uri()),
                        new Extmap(10, Direction.RECVONLY, ExtensionType.REPAIRED_RID.uri()));
    }

    @Test
    void usesExtensionsOnlyTheWayTheyGo() {
        Section camera = Peers.section(accepted, "1");
        assertThat(camera.extensions().id(ExtensionType.RID)).isEqualTo(9);
        assertThat(camera.extensions().has(ExtensionType.PLAYOUT_DELAY)).isFalse();
    }

    @Test
    void ordersCodecsAndDropsLimitsOfTheOtherSide() {
        MediaSection camera = answer.sections().get(1);
        assertThat(camera.formats()).containsExactly("120", "124", "121", "125", "99", "100");
        assertThat(camera.codecs()).extracting(SdpCodec::parameters).noneMatch(text -> text.contains("max-fs"));
        assertThat(Peers.section(accepted, "1").payloadTypes())
                .extracting(PayloadType::codec)
                .containsExactly(Codec.VP8, Codec.VP9, Codec.AV1);
    }

    @Test
    void knowsTheSourcesOfEachEncoding() {
        assertThat(Peers.section(accepted, "1").offeredSources())
                .containsExactly(
                        new OfferedSource((int) 2646513741L, 294964995),
                        new OfferedSource(2146089764, (int) 3935977692L),
                        new OfferedSource(327205254, (int) 3158048818L));
        assertThat(Peers.section(accepted, "1").rids()).containsExactly("q", "h", "f");
        assertThat(answer.sections().get(1).simulcast().receive()).containsExactly("q", "h", "f");
    }

    @Test
    void needsCompoundReportsWhereReducedOnesWereNotOffered() {
        assertThat(Peers.section(accepted, "0").reducedSize()).isFalse();
        assertThat(Peers.section(accepted, "1").reducedSize()).isTrue();
        assertThat(answer.sections().getFirst().rtcpReducedSize()).isFalse();
    }

    @Test
    void allowsMixedExtensionsSectionBySection() {
        assertThat(answer.extmapAllowMixed()).isFalse();
        assertThat(answer.sections().get(1).extmapAllowMixed()).isTrue();
        assertThat(accepted.negotiated().mixedExtensions()).isTrue();
    }
}
