package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import java.util.ArrayList;
import java.util.List;

/// One publisher whose packets are caught as bytes, for tests of the fixtures themselves.
final class SyntheticRig implements SyntheticOutput {
    static final ExtensionIds IDS = ExtensionIds.NONE
            .with(ExtensionType.AUDIO_LEVEL, 1)
            .with(ExtensionType.MID, 2)
            .with(ExtensionType.RID, 3)
            .with(ExtensionType.REPAIRED_RID, 4)
            .with(ExtensionType.TRANSPORT_CC, 5);

    final PacketPool packets = new PacketPool(16);
    final List<byte[]> sent = new ArrayList<>();
    final SyntheticPublisher publisher = new SyntheticPublisher();
    final SyntheticVideo video;
    final SyntheticAudio audio;
    private int transportSequence;

    SyntheticRig(int id, int framesPerSecond, long seed) {
        Rng rng = Rng.seeded(seed);
        video = new SyntheticVideo(id, 1, layers(id), framesPerSecond, this, rng, 0);
        audio = new SyntheticAudio(id, 0, new StreamNumbers(id * 100, 0, 111, 0, 48_000, IDS, "0", ""), this, rng, 0);
        publisher.add(video);
        publisher.add(audio);
    }

    private static List<SyntheticVideo.Layer> layers(int id) {
        List<SyntheticVideo.Layer> layers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int ssrc = id * 100 + 10 * (i + 1);
            StreamNumbers numbers = new StreamNumbers(ssrc, ssrc + 1, 96, 97, 90_000, IDS, "1", "" + i);
            layers.add(new SyntheticVideo.Layer(numbers, 320 << i, 180 << i, 600 << (2 * i)));
        }
        return layers;
    }

    @Override
    public Packet packet() {
        return packets.take();
    }

    @Override
    public void send(Packet rtp, int headerLength, long index) {
        sent.add(rtp.toBytes());
        rtp.release();
    }

    @Override
    public int nextTransportSequence() {
        return transportSequence++ & 0xffff;
    }

    void runUntil(long ns) {
        while (publisher.nextTimeNs() <= ns) {
            publisher.onTime(publisher.nextTimeNs());
        }
    }
}
