package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.CaughtMedia;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.OutgoingFormat;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.PayloadType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PublicationsTest {
    private static final int CAMERA = 1;
    private static final byte[] KEY_FRAME = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 1, 2, 3};
    private static final byte[] FRAME = {0x10, 0x11, 0, 0, 4, 5, 6};

    private final PublisherRig rig = PublisherRig.chromium();
    private final CaughtMedia bob = new CaughtMedia(rig.loop.packets());

    private OutgoingTrack watch() {
        PayloadType vp8 = new PayloadType(100, Codec.VP8, 90_000, 1, PayloadType.NO_RTX, "");
        OutgoingFormat format =
                new OutgoingFormat(MediaKind.VIDEO, new Mid("v"), 9, 0, List.of(vp8), ExtensionIds.NONE, false);
        OutgoingTrack track = new OutgoingTrack(
                format, new Feeds(rig.loop, rig.limits), bob, rig.loop.counters(), rig.limits, Rng.seeded(1));
        rig.loop.turn(() -> track.show(rig.track(CAMERA), 0));
        return track;
    }

    private ClientRtp camera(int seq) {
        return ClientRtp.of(21, PublisherRig.VP8, seq).mid("1").rid("q");
    }

    @Test
    void aSectionWhosePlaceAnotherHasIsNobodysAnyMore() {
        Section next = PublisherRig.video("9", List.of());
        rig.publish(next, TrackSource.CAMERA);
        ClientRtp nameless = ClientRtp.of(77, PublisherRig.VP8, 1).payload(KEY_FRAME);
        rig.receive(nameless);
        assertThat(rig.received(2, 0)).as("whose it is nobody can tell").isZero();
        Negotiated negotiated = PublisherRig.negotiated(
                List.of(rig.publications.all().getFirst().section(), next), Set.of());
        assertThat(rig.publications.replaced(negotiated))
                .singleElement()
                .satisfies(gone -> assertThat(gone.section().mid()).isEqualTo(new Mid("1")));
        rig.receive(nameless);
        assertThat(rig.received(1, 0)).isEqualTo(1);
        rig.publications.close();
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    @Test
    void aRetransmissionBecomesWhatItRepeats() {
        OutgoingTrack watching = watch();
        rig.receive(camera(1).payload(KEY_FRAME));
        rig.receive(camera(3).payload(FRAME));
        rig.receive(ClientRtp.of(31, PublisherRig.RTX, 900)
                .mid("1")
                .repairedRid("q")
                .repeats(2, FRAME));
        assertThat(rig.received(CAMERA, 0)).isEqualTo(3);
        assertThat(bob.sent).hasSize(3);
        int first = bob.sent.getFirst().seq();
        assertThat(bob.sent.getLast().seq()).isEqualTo(first + 1);
        assertThat(bob.sent.getLast().bytes()).endsWith(FRAME);
        rig.loop.turn(() -> watching.close(0));
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    @Test
    void aPacketAndItsRetransmissionCountOnce() {
        rig.receive(camera(1));
        rig.receive(camera(2));
        rig.receive(
                ClientRtp.of(31, PublisherRig.RTX, 1).mid("1").repairedRid("q").repeats(2, FRAME));
        assertThat(rig.received(CAMERA, 0)).isEqualTo(2);
        assertThat(rig.count(SfuCounter.RTP_DUPLICATE)).isEqualTo(1);
    }

    @Test
    void paddingOverRtxIsNoMedia() {
        rig.receive(camera(1));
        for (int i = 0; i < 500; i++) {
            rig.receive(ClientRtp.of(31, PublisherRig.RTX, i)
                    .mid("1")
                    .repairedRid("q")
                    .padding(250));
        }
        rig.receive(ClientRtp.of(31, PublisherRig.RTX, 500).payload((byte) 0, (byte) 1));
        assertThat(rig.received(CAMERA, 0)).isEqualTo(1);
        assertThat(rig.count(SfuCounter.RTP_RECEIVED_VIDEO)).isEqualTo(1);
    }

    @Test
    void packetsBeforeTheOneThatNamesTheirSectionAreDeliveredFirst() {
        OutgoingTrack watching = watch();
        rig.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, 1).payload(KEY_FRAME));
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, 2).payload(FRAME));
        assertThat(bob.sent).isEmpty();
        rig.receive(camera(3).payload(FRAME));
        int first = bob.sent.getFirst().seq();
        assertThat(bob.sent).extracting(CaughtMedia.Sent::seq).containsExactly(first, first + 1, first + 2);
        assertThat(bob.sent.getFirst().bytes()).endsWith(KEY_FRAME);
        rig.loop.turn(() -> watching.close(0));
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    @Test
    void whatNobodyNamesIsDroppedAfterAWhile() {
        rig.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        rig.receive(ClientRtp.of(99, PublisherRig.VP8, 1));
        assertThat(rig.publications.nextTimeNs()).isEqualTo(rig.limits.heldNs());
        rig.pass(rig.limits.heldNs());
        rig.onTime();
        assertThat(rig.count(SfuCounter.RTP_UNKNOWN_SSRC)).isEqualTo(1);
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    @Test
    void nothingIsKeptOnceItIsOver() {
        rig.publish(PublisherRig.video("2", List.of()), TrackSource.SCREEN);
        rig.receive(ClientRtp.of(99, PublisherRig.VP8, 1));
        rig.publications.close();
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    @Test
    void aMalformedPacketCostsThatPacket() {
        rig.receive(camera(1));
        var packet = camera(2).in(rig.loop.packets());
        packet.u16(14, 400); // an extension beyond the end
        rig.loop.turn(() -> rig.publications.onRtp(packet, 0));
        packet.release();
        rig.receive(camera(3));
        assertThat(rig.count(SfuCounter.RTP_MALFORMED)).isEqualTo(1);
        assertThat(rig.received(CAMERA, 0)).isEqualTo(2);
    }

    @Test
    void aPayloadTypeOfNobodyIsDropped() {
        rig.receive(camera(1));
        rig.receive(ClientRtp.of(21, 50, 2));
        assertThat(rig.count(SfuCounter.RTP_MALFORMED)).isEqualTo(1);
    }

    @Test
    void anEncodingUnderANewSsrcIsTheNewOnes() {
        rig.receive(camera(60_000));
        rig.receive(ClientRtp.of(22, PublisherRig.VP8, 5).mid("1").rid("q"));
        rig.receive(ClientRtp.of(22, PublisherRig.VP8, 6));
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, 60_001));
        assertThat(rig.received(CAMERA, 0)).as("under the new one").isEqualTo(2);
        assertThat(rig.track(CAMERA).encoding(0).ssrc()).isEqualTo(22);
        assertThat(rig.count(SfuCounter.RTP_UNKNOWN_SSRC)).isEqualTo(1);
    }
}
