package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.SfuCounter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose packet it is, rule by rule, as packets reach their tracks through `Publications`.
final class SourceBinderTest {
    private static final int MICROPHONE = 0;
    private static final int CAMERA = 1;

    private final PublisherRig rig = PublisherRig.chromium();

    @Test
    void whatTheOfferNamesComesBeforeWhatThePacketSays() {
        rig.receive(ClientRtp.of(11, PublisherRig.OPUS, 1).mid("1").rid("f"));
        assertThat(rig.received(MICROPHONE, 0)).isEqualTo(1);
    }

    @Test
    void midAndRidNameTheEncoding() {
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, 1).mid("1").rid("q"));
        rig.receive(ClientRtp.of(23, PublisherRig.VP8, 1).mid("1").rid("f"));
        assertThat(rig.received(CAMERA, 0)).isEqualTo(1);
        assertThat(rig.received(CAMERA, 1)).isZero();
        assertThat(rig.received(CAMERA, 2)).isEqualTo(1);
    }

    @Test
    void theBindingStaysWhenTheNamesAreGone() {
        rig.receive(ClientRtp.of(22, PublisherRig.VP8, 1).mid("1").rid("h"));
        rig.receive(ClientRtp.of(22, PublisherRig.VP8, 2));
        assertThat(rig.received(CAMERA, 1)).isEqualTo(2);
    }

    @Test
    void theOnlySectionWithThePayloadTypeIsMeant() {
        PublisherRig plain = new PublisherRig();
        plain.publish(PublisherRig.audio("0"), TrackSource.MICROPHONE);
        plain.publish(PublisherRig.video("1", List.of()), TrackSource.CAMERA);
        plain.receive(ClientRtp.of(5, PublisherRig.VP8, 1));
        plain.receive(ClientRtp.of(6, PublisherRig.OPUS, 1));
        assertThat(plain.received(CAMERA, 0)).isEqualTo(1);
        assertThat(plain.received(MICROPHONE, 0)).isEqualTo(1);
    }

    @Test
    void twoSectionsWithThePayloadTypeTellNothing() {
        rig.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        rig.receive(ClientRtp.of(5, PublisherRig.VP8, 1));
        assertThat(rig.received(CAMERA, 0) + rig.received(2, 0)).isZero();
        rig.receive(ClientRtp.of(5, PublisherRig.VP8, 2).mid("2"));
        assertThat(rig.received(2, 0)).as("the first was held").isEqualTo(2);
    }

    @Test
    void retransmissionsThatComeFirstBindByTheRidThatTheyRepair() {
        rig.receive(
                ClientRtp.of(31, PublisherRig.RTX, 1).mid("1").repairedRid("h").padding(200));
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, 10).mid("1").rid("h"));
        rig.receive(ClientRtp.of(31, PublisherRig.RTX, 2).repeats(9, (byte) 0x90, (byte) 0, (byte) 0, (byte) 0));
        assertThat(rig.received(CAMERA, 1)).isEqualTo(2);
        assertThat(rig.track(CAMERA).encoding(1).ssrc()).isEqualTo(21);
    }

    /// Firefox lists the SSRCs of its encodings with their FID groups, but not which is which.
    @Test
    void retransmissionsBindByTheGroupOfTheOffer() {
        PublisherRig firefox = new PublisherRig();
        firefox.publish(
                PublisherRig.video("1", List.of("q", "h"), new OfferedSource(41, 42), new OfferedSource(43, 44)),
                TrackSource.CAMERA);
        firefox.receive(ClientRtp.of(43, PublisherRig.VP8, 100).mid("1").rid("h"));
        firefox.receive(ClientRtp.of(44, PublisherRig.RTX, 1).repeats(99, (byte) 0x90, (byte) 0, (byte) 0));
        assertThat(firefox.received(0, 1)).isEqualTo(2);
        firefox.receive(ClientRtp.of(42, PublisherRig.RTX, 1).repeats(99, (byte) 0x90, (byte) 0, (byte) 0));
        assertThat(firefox.received(0, 0)).as("its encoding is not known yet").isZero();
    }

    /// The packet that named the SSRC was lost, and then a receiver report let the names go.
    @Test
    void aRetransmissionWithoutNamesIsOfTheStreamThatMissesWhatItRepeats() {
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, 10).mid("1").rid("q"));
        rig.receive(ClientRtp.of(22, PublisherRig.VP8, 10).mid("1").rid("h"));
        rig.receive(ClientRtp.of(22, PublisherRig.VP8, 12));
        rig.receive(ClientRtp.of(32, PublisherRig.RTX, 1).repeats(11, (byte) 0x90, (byte) 0, (byte) 0));
        assertThat(rig.received(CAMERA, 0)).isEqualTo(1);
        assertThat(rig.received(CAMERA, 1)).isEqualTo(3);
    }

    @Test
    void aRetransmissionThatTwoStreamsMayMissTellsNothing() {
        for (int ssrc = 21; ssrc <= 22; ssrc++) {
            rig.receive(ClientRtp.of(ssrc, PublisherRig.VP8, 10).mid("1").rid(ssrc == 21 ? "q" : "h"));
            rig.receive(ClientRtp.of(ssrc, PublisherRig.VP8, 12));
        }
        rig.receive(ClientRtp.of(32, PublisherRig.RTX, 1).repeats(11, (byte) 0x90, (byte) 0, (byte) 0));
        assertThat(rig.publications.source(32)).isNull();
    }

    @Test
    void anSsrcThatTwoSectionsNameIsTheFirstOnes() {
        rig.publish(PublisherRig.video("2", List.of(), new OfferedSource(11, 12)), TrackSource.SCREEN);
        rig.receive(ClientRtp.of(11, PublisherRig.OPUS, 1));
        assertThat(rig.received(MICROPHONE, 0)).isEqualTo(1);
        rig.receive(ClientRtp.of(12, PublisherRig.VP8, 1).mid("2"));
        assertThat(rig.received(2, 0)).isEqualTo(1);
    }

    @Test
    void aFurtherOfferNamesMore() {
        Publication screen = rig.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        rig.publications.changed(screen, PublisherRig.video("2", List.of(), new OfferedSource(51, 52)));
        rig.receive(ClientRtp.of(51, PublisherRig.VP8, 5));
        rig.receive(ClientRtp.of(52, PublisherRig.RTX, 1).repeats(4, (byte) 0x90, (byte) 0, (byte) 0));
        assertThat(rig.received(2, 0)).isEqualTo(2);
    }

    @Test
    void moreEncodingsThanTheTrackHasAreNobodys() {
        Publication screen = rig.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        rig.publications.changed(screen, PublisherRig.video("2", List.of("a", "b", "c")));
        rig.receive(ClientRtp.of(61, PublisherRig.VP8, 1).mid("2").rid("a"));
        rig.receive(ClientRtp.of(62, PublisherRig.VP8, 1).mid("2").rid("c"));
        assertThat(rig.received(2, 0)).isEqualTo(1);
        assertThat(rig.count(SfuCounter.RTP_UNKNOWN_SSRC)).isEqualTo(1);
    }

    @Test
    void aPayloadTypeThatTheSectionLacksBindsNothing() {
        rig.receive(ClientRtp.of(71, 45, 1).mid("1").rid("q"));
        assertThat(rig.publications.source(71)).isNull();
        assertThat(rig.count(SfuCounter.RTP_UNKNOWN_SSRC)).isEqualTo(1);
    }
}
