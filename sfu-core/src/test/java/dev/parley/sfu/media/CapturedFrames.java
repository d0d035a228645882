package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.synthetic.SyntheticOutput;
import dev.parley.sfu.rtp.synthetic.SyntheticVideo;
import java.util.List;

/// Keeps what a synthetic camera sends, for tests that hand its packets over one by one.
record CapturedFrames(PacketPool packets, List<byte[]> sent) implements SyntheticOutput {
    static SyntheticVideo of(List<SyntheticVideo.Layer> layers, List<byte[]> sent) {
        CapturedFrames output = new CapturedFrames(new PacketPool(4), sent);
        return new SyntheticVideo(0, 1, layers, 30, output, Rng.seeded(1), 0);
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
        return 0;
    }
}
