package dev.parley.sfu.session;

import static dev.parley.sfu.session.PublisherRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.SfuCounter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublisherFeedbackTest {
    private final PublisherRig rig = PublisherRig.chromium();
    private final CaughtRtcp said = rig.rtcp;

    private void camera(String rid, int ssrc, int seq) {
        rig.receive(ClientRtp.of(ssrc, PublisherRig.VP8, seq).mid("1").rid(rid));
    }

    private void voice(int seq, int transportSeq) {
        rig.receive(ClientRtp.of(11, PublisherRig.OPUS, seq).transportSequence(transportSeq));
    }

    @Test
    void reportsOnEverySourceEachSecond() {
        voice(1, 1);
        camera("q", 21, 1);
        camera("f", 23, 1);
        rig.onTime();
        assertThat(said.take()).containsExactly("rr 11 lost 0", "rr 21 lost 0", "rr 23 lost 0");
        rig.pass(999 * MS);
        rig.onTime();
        assertThat(said.take()).isEmpty();
        camera("q", 21, 3);
        rig.pass(MS);
        rig.onTime();
        assertThat(said.take()).contains("rr 21 lost 1", "rr 23 lost 0");
    }

    @Test
    void tellsArrivalsEachFiftyMilliseconds() {
        rig.feedback.reportsBy(true, true);
        voice(1, 65_535);
        rig.onTime();
        assertThat(said.take()).contains("transport 11 from 65535 count 1");
        for (int i = 0; i < 10; i++) {
            rig.pass(5 * MS);
            voice(2 + i, i);
            rig.onTime();
        }
        assertThat(said.take()).containsExactly("transport 11 from 0 count 10");
        rig.pass(60 * MS);
        rig.onTime();
        assertThat(said.take()).as("nothing came").isEmpty();
    }

    @Test
    void paddingIsToldToTheEstimatorToo() {
        rig.feedback.reportsBy(true, false);
        rig.receive(ClientRtp.of(31, PublisherRig.RTX, 1)
                .mid("1")
                .repairedRid("q")
                .transportSequence(77)
                .padding(200));
        rig.onTime();
        assertThat(said.take()).contains("transport 0 from 77 count 1");
    }

    @Test
    void rembGoesOutOnlyWhereThatAloneIsUnderstood() {
        voice(1, 1);
        rig.onTime();
        assertThat(said.take()).noneMatch(line -> line.startsWith("remb"));
        rig.feedback.reportsBy(true, true);
        rig.onTime();
        assertThat(said.take()).noneMatch(line -> line.startsWith("remb"));
        rig.feedback.reportsBy(false, true);
        voice(2, 2);
        rig.onTime();
        assertThat(said.take())
                .anyMatch(line -> line.startsWith("remb"))
                .noneMatch(line -> line.startsWith("transport"));
    }

    @Test
    void missingPacketsAreAskedForInFewDatagrams() {
        camera("q", 21, 1);
        camera("q", 21, 5);
        camera("f", 23, 65_534);
        camera("f", 23, 65_536);
        rig.onTime();
        said.take();
        int before = said.datagrams;
        rig.pass(20 * MS);
        rig.onTime();
        assertThat(said.take()).containsExactly("nack 21 2 11", "nack 23 65535 0");
        assertThat(said.datagrams - before).isEqualTo(2);
        assertThat(rig.count(SfuCounter.NACK_SENT)).isEqualTo(4);
    }

    @Test
    void keyFramesAreAskedForTogether() {
        camera("q", 21, 1);
        camera("f", 23, 1);
        rig.onTime();
        said.take();
        int before = said.datagrams;
        rig.loop.turn(() -> {
            rig.keyFrameWanted(rig.track(1), 0);
            rig.keyFrameWanted(rig.track(1), 2);
        });
        rig.onTime();
        assertThat(said.take()).containsExactly("pli 21", "pli 23");
        assertThat(said.datagrams - before).isEqualTo(1);
        assertThat(rig.count(SfuCounter.KEY_FRAME_REQUESTS_OUT)).isEqualTo(2);
    }

    /// What is said to a publisher of one encoding who is asked twice.
    private static List<String> askedTwice(boolean pli, boolean fir) {
        PublisherRig publisher = new PublisherRig();
        publisher.publish(PublisherRig.video("0", pli, fir), TrackSource.CAMERA);
        publisher.receive(ClientRtp.of(21, PublisherRig.VP8, 1).mid("0"));
        publisher.onTime();
        publisher.rtcp.take();
        publisher.pass(10 * MS);
        for (int i = 0; i < 2; i++) {
            publisher.loop.turn(() -> publisher.keyFrameWanted(publisher.track(0), 0));
            publisher.onTime();
        }
        List<String> said = publisher.rtcp.take();
        assertThat(publisher.count(SfuCounter.KEY_FRAME_REQUESTS_OUT)).isEqualTo(said.size());
        return said;
    }

    @Test
    void keyFramesAreAskedForAsTheOfferAllows() {
        assertThat(askedTwice(true, true)).containsExactly("pli 21", "pli 21");
        assertThat(askedTwice(true, false)).containsExactly("pli 21", "pli 21");
        assertThat(askedTwice(false, true)).containsExactly("fir 21 number 0", "fir 21 number 1");
        assertThat(askedTwice(false, false)).isEmpty();
    }

    @Test
    void moreRequestsThanADatagramHoldsGoOutInTwo() {
        PublisherRig publisher = new PublisherRig();
        publisher.publish(PublisherRig.video("0", false, true), TrackSource.CAMERA);
        publisher.receive(ClientRtp.of(21, PublisherRig.VP8, 1).mid("0"));
        publisher.loop.turn(() -> {
            for (int i = 0; i < 100; i++) {
                publisher.keyFrameWanted(publisher.track(0), 0);
            }
        });
        publisher.onTime();
        assertThat(publisher.rtcp.take())
                .filteredOn(line -> line.startsWith("fir"))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void whoPublishesLaterIsReportedOnAsWell() {
        PublisherRig viewer = new PublisherRig();
        viewer.onTime();
        assertThat(viewer.feedback.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        viewer.publish(PublisherRig.audio("0", new OfferedSource(11, 0)), TrackSource.MICROPHONE);
        viewer.feedback.reportsBy(true, false);
        viewer.receive(ClientRtp.of(11, PublisherRig.OPUS, 1));
        viewer.onTime();
        assertThat(viewer.rtcp.take()).contains("rr 11 lost 0");
    }

    @Test
    void leavesNoPacketBehind() {
        voice(1, 1);
        rig.onTime();
        assertThat(rig.loop.packets().outstanding()).isZero();
    }
}
