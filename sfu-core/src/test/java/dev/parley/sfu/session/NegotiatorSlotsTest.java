package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SampleOffers;
import dev.parley.sfu.sdp.SsrcGroup;
import dev.parley.sfu.sdp.SsrcLine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Sections in which the client receives.
class NegotiatorSlotsTest {
    private static final String POOL = Offers.of(
            Offers.audio("0", "sendonly"),
            Offers.audio("1", "recvonly"),
            Offers.video("2", "recvonly"),
            Offers.audio("3", "recvonly"),
            Offers.audio("4", "recvonly"),
            Offers.video("5", "recvonly"));

    @Test
    void pairsAudioAndVideoByTheirOrder() {
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), POOL);
        assertThat(accepted.negotiated().sections()).extracting(Section::slot).containsExactly(-1, 0, 0, 1, 2, 1);
    }

    @Test
    void givesBothHalvesOfASlotOneStream() {
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), POOL);
        assertThat(Peers.section(accepted, "3").streamId())
                .isEqualTo(Peers.section(accepted, "5").streamId())
                .isNotEqualTo(Peers.section(accepted, "2").streamId());
        assertThat(Peers.section(accepted, "3").trackId())
                .isNotEqualTo(Peers.section(accepted, "5").trackId());
    }

    @Test
    void namesTheSourcesThatItSends() {
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), POOL);
        Section section = Peers.section(accepted, "2");
        MediaSection text = Peers.text(accepted, 2);
        assertThat(text.direction()).isEqualTo(Direction.SENDONLY);
        assertThat(text.ssrcGroups())
                .containsExactly(new SsrcGroup("FID", List.of(section.sendSsrc(), section.sendRtxSsrc())));
        assertThat(text.ssrcs()).extracting(SsrcLine::ssrc).containsExactly(section.sendSsrc(), section.sendRtxSsrc());
        assertThat(text.ssrcs()).extracting(SsrcLine::cname).containsOnly("cname-srv");
        assertThat(text.ssrcs()).extracting(SsrcLine::msid).containsOnly(text.msid());
        assertThat(text.msid()).isNotNull();
    }

    @Test
    void namesNoRetransmissionsWithoutRtx() {
        Section audio = Peers.section(Peers.accept(Peers.server(), POOL), "1");
        assertThat(audio.sendSsrc()).isNotZero();
        assertThat(audio.sendRtxSsrc()).isZero();
    }

    @Test
    void usesEachSsrcOnce() {
        Negotiation.Accepted accepted =
                Peers.accept(Peers.server(), pagePool(Peers.client()).offer());
        Set<Integer> seen = new HashSet<>();
        for (Section section : accepted.negotiated().sections()) {
            for (OfferedSource source : section.sendSources()) {
                assertThat(seen.add(source.ssrc())).isTrue();
                assertThat(source.rtxSsrc() == 0 || seen.add(source.rtxSsrc())).isTrue();
            }
        }
        assertThat(seen).hasSize(17 + 2 * 14).doesNotContain(0);
    }

    @Test
    void answersTheWholePoolQuickly() {
        String offer = pagePool(Peers.client()).offer();
        long bestNs = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long startNs = System.nanoTime();
            Peers.accept(Peers.server(), offer);
            bestNs = Math.min(bestNs, System.nanoTime() - startNs);
        }
        assertThat(bestNs).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void leavesOutOfASlotWhatTheReceiverCannotRead() {
        String slot =
                SampleOffers.firefox().replace("a=sendonly", "a=recvonly").replaceAll("a=(rid|simulcast).*\r\n", "");
        Section video = Peers.section(Peers.accept(Peers.server(), slot), "1");
        assertThat(video.weSend()).isTrue();
        assertThat(video.extensions().has(ExtensionType.PLAYOUT_DELAY)).isTrue();
        assertThat(video.extensions().has(ExtensionType.DEPENDENCY_DESCRIPTOR))
                .as("8/sendonly")
                .isFalse();
        assertThat(video.extensions().has(ExtensionType.RID)).isFalse();
        assertThat(video.offeredSources())
                .as("SSRCs of a section that only receives mean nothing")
                .isEmpty();
    }

    @Test
    void labelsASlotInTheNextAnswer() {
        Negotiator server = Peers.server();
        Peers.accept(server, POOL);
        server.label(MediaKind.VIDEO, 1, "PA_1", "TR_2");
        Section labelled = Peers.section(Peers.accept(server, POOL), "5");
        assertThat(labelled.streamId()).isEqualTo("PA_1");
        assertThat(labelled.trackId()).isEqualTo("TR_2");
        server.unlabel(MediaKind.VIDEO, 1);
        Negotiation.Accepted after = Peers.accept(server, POOL);
        assertThat(Peers.section(after, "5").streamId())
                .isEqualTo(Peers.section(after, "3").streamId());
        assertThat(Peers.section(after, "5").sendSources()).isEqualTo(labelled.sendSources());
    }

    private static Proposal pagePool(Offerer client) {
        client.add(OfferBuilder.page(Limits.defaults()).take());
        return client.propose();
    }
}
