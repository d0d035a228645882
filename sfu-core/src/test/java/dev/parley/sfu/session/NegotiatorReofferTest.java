package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.sdp.Direction;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What stays and what may change from one offer to the next.
class NegotiatorReofferTest {
    private static final String CAMERA = Offers.video("0", "sendonly");
    private static final String AUDIO_SLOT = Offers.audio("1", "recvonly");
    private static final String VIDEO_SLOT = Offers.video("2", "recvonly");
    private static final String FIRST = Offers.of(CAMERA, AUDIO_SLOT, VIDEO_SLOT);

    private final Negotiator server = Peers.server();
    private final Negotiation.Accepted first = Peers.accept(server, FIRST);

    @Test
    void keepsSourcesAndCredentials() {
        Negotiation.Accepted again = Peers.accept(server, FIRST);
        assertThat(again.negotiated()).isEqualTo(first.negotiated());
        assertThat(Peers.parsed(again.answer()).origin().sessionId())
                .isEqualTo(Peers.parsed(first.answer()).origin().sessionId());
        assertThat(Peers.parsed(again.answer()).origin().sessionVersion()).isEqualTo("2");
    }

    @Test
    void growsThePool() {
        Negotiation.Accepted grown = Peers.accept(
                server,
                Offers.of(
                        CAMERA, AUDIO_SLOT, VIDEO_SLOT, Offers.audio("3", "recvonly"), Offers.video("4", "recvonly")));
        assertThat(grown.negotiated().sections().subList(0, 3))
                .isEqualTo(first.negotiated().sections());
        assertThat(grown.negotiated().sections()).extracting(Section::slot).containsExactly(-1, 0, 0, 1, 1);
    }

    @Test
    void startsIceAnewWithNewCredentials() {
        Negotiation.Accepted restarted = Peers.accept(server, FIRST.replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh"));
        assertThat(restarted.negotiated().iceRestart()).isTrue();
        assertThat(restarted.negotiated().localUfrag()).isEqualTo("srvUfrag2");
        assertThat(restarted.negotiated().sections())
                .isEqualTo(first.negotiated().sections());
        assertThat(Peers.accept(server, FIRST.replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh"))
                        .negotiated()
                        .iceRestart())
                .isFalse();
    }

    @Test
    void keepsTheSourceOfASlotWhileItSleeps() {
        String sleeping = Offers.of(CAMERA, AUDIO_SLOT, Offers.video("2", "inactive"));
        Section asleep = Peers.section(Peers.accept(server, sleeping), "2");
        assertThat(asleep.weSend()).isFalse();
        assertThat(asleep.sendSsrc()).isZero();
        assertThat(Peers.section(Peers.accept(server, FIRST), "2")).isEqualTo(Peers.section(first, "2"));
    }

    @Test
    void keepsASectionsRole() {
        Negotiation.Accepted turned =
                Peers.accept(server, Offers.of(Offers.video("0", "recvonly"), AUDIO_SLOT, VIDEO_SLOT));
        assertThat(Peers.text(turned, 0).direction()).isEqualTo(Direction.INACTIVE);
    }

    @Test
    void followsAnotherChoiceOfCodecs() {
        String other = FIRST.replaceFirst("VP8", "VP9");
        Negotiation.Accepted changed = Peers.accept(server, other);
        assertThat(Peers.section(changed, "0").payloadTypes().getFirst().codec().sdpName())
                .isEqualTo("VP9");
        assertThat(Peers.section(changed, "2")).isEqualTo(Peers.section(first, "2"));
    }

    @Test
    void givesAStoppedSectionsPlaceToAnother() {
        String stopped = VIDEO_SLOT.replace("m=video 9", "m=video 0");
        Peers.accept(server, Offers.of(CAMERA, AUDIO_SLOT, stopped));
        Negotiation.Accepted reused =
                Peers.accept(server, Offers.of(CAMERA, AUDIO_SLOT, Offers.audio("9", "recvonly")));
        assertThat(Peers.section(reused, "9").slot()).isEqualTo(1);
    }

    @Test
    void refusesOffersThatContradictTheOneBefore() {
        refuses(Offers.of(CAMERA, AUDIO_SLOT), "fewer sections");
        refuses(Offers.of(AUDIO_SLOT, CAMERA, VIDEO_SLOT), "was 0 in the offer before");
        refuses(Offers.of(Offers.audio("0", "sendonly"), AUDIO_SLOT, VIDEO_SLOT), "was 0 in the offer before");
        refuses(FIRST.replace("AB:CD", "AB:CE"), "another transport");
        refuses(FIRST.replace("actpass", "passive"), "contradicts the handshake");
    }

    @Test
    void isUnchangedByARefusedOffer() {
        refuses(Offers.of(CAMERA, AUDIO_SLOT, VIDEO_SLOT, Offers.video("1", "recvonly")), "twice");
        refuses(
                FIRST.replace("a=ice-ufrag:abcd", "a=ice-ufrag:efgh")
                        .replace("VP8", "H261")
                        .replace("opus", "x"),
                "codec");
        assertThat(Peers.accept(server, FIRST).negotiated()).isEqualTo(first.negotiated());
    }

    private void refuses(String offer, String detail) {
        Negotiation.Refused refused = Peers.refused(server.accept(offer, List.of()));
        assertThat(refused.detail()).contains(detail);
        assertThat(refused.code()).isIn(Code.BAD_SDP, Code.NO_COMMON_CODEC);
    }
}
