package dev.parley.sfu.media;

import dev.parley.sfu.base.HandLoop;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import java.util.List;

/// A publisher with a camera of three encodings and a microphone, and a subscriber, on one loop or on two.
final class MediaRig {
    static final long MS = 1_000_000;
    static final int SSRC = 0x5eed;
    static final int RTX_SSRC = 0x5eee;
    static final int VP8 = 120;
    static final int VP8_RTX = 124;
    static final int OPUS = 109;
    static final int MID_ID = 3;

    final Limits limits = Limits.defaults();
    final HandLoop owner = new HandLoop();
    final HandLoop watcher;
    final RecordedTrack wishes = new RecordedTrack();
    final IncomingTrack camera;
    final IncomingTrack microphone;
    final Feeds feeds;
    final CaughtMedia sink;
    final TestStream[] layers;
    final TestStream voice;

    private MediaRig(boolean oneLoop) {
        watcher = oneLoop ? owner : new HandLoop();
        camera = new IncomingTrack("camera", MediaKind.VIDEO, 3, TestStream.FORMAT, owner, limits, wishes);
        microphone = new IncomingTrack("voice", MediaKind.AUDIO, 1, TestStream.FORMAT, owner, limits, wishes);
        feeds = new Feeds(watcher, limits);
        sink = new CaughtMedia(watcher.packets());
        layers = new TestStream[] {stream(10, 65_000), stream(20, 200), stream(30, 30_000)};
        voice = stream(40, 7);
        for (int i = 0; i < 3; i++) {
            camera.encoding(i).bind(layers[i].ssrc, true);
        }
        microphone.encoding(0).bind(voice.ssrc, false);
    }

    static MediaRig onOneLoop() {
        return new MediaRig(true);
    }

    static MediaRig onTwoLoops() {
        return new MediaRig(false);
    }

    TestStream stream(int ssrc, int seq) {
        return new TestStream(owner.packets(), ssrc, seq);
    }

    OutgoingTrack video() {
        return track(format(true, false));
    }

    OutgoingTrack audio() {
        return track(new OutgoingFormat(
                MediaKind.AUDIO,
                new Mid("a"),
                SSRC,
                0,
                List.of(TestStream.type(OPUS, Codec.OPUS, PayloadType.NO_RTX)),
                ExtensionIds.NONE,
                false));
    }

    OutgoingTrack track(OutgoingFormat format) {
        return new OutgoingTrack(format, feeds, sink, watcher.counters(), limits, Rng.seeded(1));
    }

    static OutgoingFormat format(boolean rtx, boolean decodesVp9) {
        PayloadType vp8 = TestStream.type(VP8, Codec.VP8, rtx ? VP8_RTX : PayloadType.NO_RTX);
        PayloadType vp9 = TestStream.type(99, Codec.VP9, PayloadType.NO_RTX);
        return new OutgoingFormat(
                MediaKind.VIDEO,
                new Mid("v"),
                SSRC,
                rtx ? RTX_SSRC : 0,
                decodesVp9 ? List.of(vp8, vp9) : List.of(vp8),
                ExtensionIds.NONE.with(ExtensionType.MID, MID_ID),
                false);
    }

    /// A packet comes in from the publisher.
    void camera(int encoding, Packet packet) {
        owner.turn(() -> {
            packet.arrivalNs(owner.nowNs());
            camera.accept(packet, encoding, owner.nowNs());
            packet.release();
        });
    }

    void microphone(Packet packet) {
        owner.turn(() -> {
            packet.arrivalNs(owner.nowNs());
            microphone.accept(packet, 0, owner.nowNs());
            packet.release();
        });
    }

    /// Time goes by on both loops, and what was posted runs.
    void pass(long ns) {
        owner.nowNs(owner.nowNs() + ns);
        watcher.nowNs(owner.nowNs());
        run();
    }

    void run() {
        HandLoop.run(owner, watcher);
    }

    /// Runs on the subscriber's loop, and then what that caused.
    void onWatcher(Runnable action) {
        watcher.turn(action);
        run();
    }

    /// The publisher asks for what is due, and the subscriber as well.
    void tick(OutgoingTrack track) {
        owner.turn(() -> camera.onTime(owner.nowNs(), 50 * MS));
        onWatcher(() -> track.onTime(watcher.nowNs()));
        owner.turn(() -> camera.onTime(owner.nowNs(), 50 * MS));
    }

    int packetsOut() {
        return owner.packets().outstanding()
                + (watcher == owner ? 0 : watcher.packets().outstanding());
    }
}
