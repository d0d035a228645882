package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SenderReportsTest {
    private static final int CLOCK_RATE = 90_000;
    private static final long SECOND = 1_000 * MS;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final TrackFeed feed = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private final RtpRewriter rewriter = new RtpRewriter(CLOCK_RATE, Rng.seeded(1));
    private final SenderReports reports = new SenderReports(CLOCK_RATE);
    private final MediaPacket packet = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();

    private int send(long nowNs) {
        packet.read(rig.layers[0].keyFrame(), 0, rig.layers[0].seq, TestStream.FORMAT, structures);
        rewriter.begin(feed, packet, nowNs);
        Segment segment = Objects.requireNonNull(rewriter.current());
        reports.sent(packet, segment, nowNs);
        return packet.timestamp() + segment.timestampOffset;
    }

    @Test
    void oneGoesOutWithTheFirstPacketAndThenEachSecond() {
        assertThat(reports.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        reports.started(null);
        send(SECOND);
        assertThat(reports.nextTimeNs()).isLessThanOrEqualTo(SECOND);
        assertThat(reports.take(SECOND)).isTrue();
        assertThat(reports.take(SECOND + 1)).isFalse();
        assertThat(reports.nextTimeNs()).isEqualTo(2 * SECOND);
        assertThat(reports.take(2 * SECOND)).isTrue();
    }

    @Test
    void noneGoesOutAboutSilenceUntilPacketsComeAgain() {
        reports.started(null);
        send(SECOND);
        reports.take(SECOND);
        assertThat(reports.take(3 * SECOND)).isFalse();
        assertThat(reports.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        send(10 * SECOND);
        assertThat(reports.take(10 * SECOND)).isTrue();
    }

    @Test
    void withoutAReportOfTheSourceArrivalTellsTheTime() {
        reports.started(null);
        int timestamp = send(SECOND);
        assertThat(reports.timestampAt(SECOND)).isEqualTo(timestamp);
        assertThat(reports.timestampAt(SECOND + 100 * MS)).isEqualTo(timestamp + 9_000);
    }

    @Test
    void theSourcesOwnClockIsFollowedAndToldAtOnceWhenItIsNew() {
        reports.started(null);
        int timestamp = send(SECOND);
        reports.take(SECOND);
        reports.onClock(new SourceClock(0, packet.timestamp(), SECOND - 30 * MS, 0));
        assertThat(reports.take(SECOND + 1)).isTrue();
        assertThat(reports.timestampAt(SECOND - 30 * MS)).isEqualTo(timestamp);
        reports.onClock(new SourceClock(0, packet.timestamp(), SECOND - 31 * MS, 0));
        assertThat(reports.take(SECOND + 2)).as("only the first is news").isFalse();
    }

    @Test
    void countsPacketsAndPayload() {
        reports.started(null);
        send(SECOND);
        send(SECOND);
        assertThat(reports.packets()).isEqualTo(2);
        assertThat(reports.octets()).isEqualTo(2L * rig.layers[0].payloadBytes);
    }
}
