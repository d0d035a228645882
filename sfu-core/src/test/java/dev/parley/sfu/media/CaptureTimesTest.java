package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.NtpTime;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CaptureTimesTest {
    private static final long MS = 1_000_000;
    private static final long WALL_OFFSET_NS = 1_700_000_000_000L * MS;
    /// The publisher's clock is a minute ahead of ours.
    private static final long AHEAD_NS = 60_000 * MS;

    private static final int ID = 9;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final OutgoingTrack track = track(ExtensionIds.NONE.with(ExtensionType.ABS_CAPTURE_TIME, ID));

    private OutgoingTrack track(ExtensionIds ids) {
        OutgoingFormat format = new OutgoingFormat(
                MediaKind.AUDIO,
                new Mid("a"),
                MediaRig.SSRC,
                0,
                List.of(TestStream.type(MediaRig.OPUS, Codec.OPUS, PayloadType.NO_RTX)),
                ids,
                false);
        return new OutgoingTrack(
                format,
                rig.feeds,
                rig.sink,
                new Downlink(rig.limits, WALL_OFFSET_NS),
                rig.watcher.counters(),
                rig.limits,
                Rng.seeded(1));
    }

    private void listen(OutgoingTrack listener) {
        rig.pass(5_000 * MS);
        rig.onWatcher(() -> listener.show(rig.microphone, rig.watcher.nowNs()));
    }

    /// What was captured a moment ago has the stream's next timestamp.
    private void report(long agoNs) {
        long atNs = rig.owner.nowNs() - agoNs;
        rig.owner.turn(
                () -> rig.microphone.onSenderReport(0, rig.voice.timestamp, atNs + WALL_OFFSET_NS + AHEAD_NS, atNs));
    }

    /// In Unix time of ours, for each packet that has one.
    private List<Long> captured() {
        List<Long> times = new ArrayList<>();
        HeaderExtensions extensions = new HeaderExtensions();
        for (CaughtMedia.Sent sent : rig.sink.sent) {
            Packet packet = sent.packet();
            assertThat(extensions.parse(packet, ExtensionIds.NONE.with(ExtensionType.ABS_CAPTURE_TIME, ID)))
                    .isTrue();
            if (extensions.has(ExtensionType.ABS_CAPTURE_TIME)) {
                assertThat(extensions.length(ExtensionType.ABS_CAPTURE_TIME)).isEqualTo(CaptureTimes.BYTES);
                int at = extensions.offset(ExtensionType.ABS_CAPTURE_TIME);
                times.add(NtpTime.toUnixNs((long) packet.i32(at) << 32 | packet.u32(at + 4)));
            }
        }
        return times;
    }

    private void end(OutgoingTrack listener) {
        rig.onWatcher(() -> listener.close(rig.watcher.nowNs()));
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void followsFromThePublishersReports() {
        listen(track);
        rig.microphone(rig.voice.opus(20));
        assertThat(captured()).as("nobody knows").isEmpty();
        report(30 * MS);
        rig.microphone(rig.voice.opus(20));
        assertThat(captured()).hasSize(1);
        assertThat(captured().getFirst()).isCloseTo(rig.owner.nowNs() - 30 * MS + WALL_OFFSET_NS, within(100L));
        end(track);
    }

    @Test
    void onceASecondAndWithEachNewSource() {
        listen(track);
        report(0);
        for (int i = 0; i < 150; i++) {
            rig.microphone(rig.voice.opus(20));
            rig.pass(20 * MS);
        }
        assertThat(captured()).hasSize(3);
        rig.onWatcher(() -> track.show(null, rig.watcher.nowNs()));
        rig.onWatcher(() -> track.show(rig.microphone, rig.watcher.nowNs()));
        rig.microphone(rig.voice.opus(20));
        assertThat(captured()).hasSize(4);
        end(track);
    }

    /// A packet with the publisher's own word, perhaps on what others captured.
    private Packet telling(long unixNs, long clockBehindNs) {
        Packet plain = rig.voice.opus(20);
        boolean passedOn = clockBehindNs != 0;
        int words = passedOn ? 5 : 3;
        Packet packet = rig.owner.packets().take();
        packet.copyFrom(plain.array(), 0, Rtp.FIXED_HEADER_BYTES);
        packet.u16(12, 0xbede);
        packet.u16(14, words);
        packet.u8(16, ID << 4 | (passedOn ? 15 : 7));
        long ntp = NtpTime.ofUnixNs(unixNs);
        packet.i32(17, (int) (ntp >>> 32));
        packet.i32(21, (int) ntp);
        packet.i32(25, (int) (clockBehindNs / 1_000_000_000));
        packet.i32(29, 0);
        for (int at = passedOn ? 33 : 25; at < 16 + 4 * words; at++) {
            packet.u8(at, 0);
        }
        packet.length(16 + 4 * words + 20);
        plain.release();
        return packet;
    }

    @Test
    void thePublishersOwnWordCountsMoreAndIsPutOnOurClock() {
        rig.microphone.changeFormat(new TrackFormat(
                List.of(TestStream.type(TestStream.OPUS, Codec.OPUS, PayloadType.NO_RTX)),
                ExtensionIds.NONE.with(ExtensionType.ABS_CAPTURE_TIME, ID)));
        listen(track);
        report(0);
        long truthNs = rig.owner.nowNs() - 700 * MS + WALL_OFFSET_NS;
        rig.microphone(telling(truthNs + AHEAD_NS, 0));
        assertThat(captured().getFirst()).isCloseTo(truthNs, within(100L));
        rig.pass(1_000 * MS);
        long hour = 3_600_000 * MS;
        rig.microphone(telling(truthNs + AHEAD_NS - hour, hour));
        assertThat(captured().getLast()).as("captured elsewhere").isCloseTo(truthNs, within(100L));
        end(track);
    }

    @Test
    void nobodyIsToldWhoDidNotAsk() {
        OutgoingTrack other = track(ExtensionIds.NONE);
        listen(other);
        report(0);
        rig.microphone(rig.voice.opus(20));
        assertThat(captured()).isEmpty();
        end(other);
    }
}
