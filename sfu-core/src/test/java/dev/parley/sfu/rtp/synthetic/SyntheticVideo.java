package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Rng;
import java.util.ArrayList;
import java.util.List;

/// A camera or screen as VP8: the same frames in up to three encodings, three temporal layers, key frames at the begin,
/// when asked for, and when an encoding is switched on again. Deterministic by its Rng; one thread.
public final class SyntheticVideo {
    private static final int PAYLOAD_BYTES_MAX = 1100;
    private static final int KEY_FRAME_FACTOR = 5;
    private static final int TEMPORAL_LAYERS_FROM_FPS = 15;
    /// Temporal layer of every fourth frame, as libwebrtc's three-layer pattern has them.
    private static final int[] PATTERN = {0, 2, 1, 2};

    private static final int DESCRIPTOR_BYTES = 6;
    private static final int KEY_HEADER_BYTES = 10;
    private static final int FRAME_TAG_BYTES = 3;

    /// One encoding.
    ///
    /// @param frameBytes an average frame that is no key frame
    public record Layer(StreamNumbers numbers, int width, int height, int frameBytes) {}

    private static final class Encoder {
        private final Layer layer;
        private final SyntheticStream stream;
        private boolean active = true;
        private boolean keyFrameWanted = true;
        private int frame;
        private int pictureId;
        private int tl0PicIdx;
        private int sinceKeyFrame;

        private Encoder(Layer layer, SyntheticStream stream, Rng rng) {
            this.layer = layer;
            this.stream = stream;
            this.pictureId = rng.below(1 << 15);
            this.tl0PicIdx = rng.below(1 << 8);
        }
    }

    private final List<Encoder> encoders = new ArrayList<>();
    private final byte[] head = new byte[DESCRIPTOR_BYTES + KEY_HEADER_BYTES];
    private final Rng rng;
    private final boolean temporalLayers;
    private final long intervalNs;
    private long nextNs;
    private boolean probed;

    /// @param publisher,source who this is, in every payload
    public SyntheticVideo(
            int publisher,
            int source,
            List<Layer> layers,
            int framesPerSecond,
            SyntheticOutput output,
            Rng rng,
            long startNs) {
        this.rng = rng;
        this.temporalLayers = framesPerSecond >= TEMPORAL_LAYERS_FROM_FPS;
        this.intervalNs = 1_000_000_000L / framesPerSecond;
        this.nextNs = startNs;
        for (Layer layer : layers) {
            int encoding = encoders.size();
            SyntheticStream stream = new SyntheticStream(publisher, source, encoding, layer.numbers(), output, rng);
            encoders.add(new Encoder(layer, stream, rng));
        }
    }

    public List<SyntheticStream> streams() {
        return encoders.stream().map(e -> e.stream).toList();
    }

    public long nextTimeNs() {
        return nextNs;
    }

    /// Captures what is due.
    public void onTime(long nowNs) {
        if (!probed) {
            probed = true;
            encoders.forEach(e -> e.stream.probe());
        }
        for (; nowNs >= nextNs; nextNs += intervalNs) {
            for (Encoder encoder : encoders) {
                if (encoder.active) {
                    frame(encoder, nextNs);
                }
            }
        }
    }

    public void keyFrame(int encoding) {
        encoders.get(encoding).keyFrameWanted = true;
    }

    /// Switches an encoding off or on, as `encodings[].active` does.
    public void active(int encoding, boolean active) {
        Encoder encoder = encoders.get(encoding);
        encoder.keyFrameWanted |= active && !encoder.active;
        encoder.active = active;
    }

    public boolean isActive(int encoding) {
        return encoders.get(encoding).active;
    }

    private void frame(Encoder encoder, long captureNs) {
        boolean key = encoder.keyFrameWanted;
        encoder.keyFrameWanted = false;
        encoder.sinceKeyFrame = key ? 0 : encoder.sinceKeyFrame + 1;
        int temporalLayer = temporalLayers ? PATTERN[encoder.sinceKeyFrame & 3] : 0;
        if (temporalLayer == 0) {
            encoder.tl0PicIdx = encoder.tl0PicIdx + 1 & 0xff;
        }
        int average = encoder.layer.frameBytes() * (key ? KEY_FRAME_FACTOR : 1);
        int bytes = average * 3 / 4 + rng.below(average / 2 + 1);
        int packets = Math.clamp((bytes + PAYLOAD_BYTES_MAX - 1) / PAYLOAD_BYTES_MAX, 1, 255);
        int each = Math.max(Stamp.BYTES, bytes / packets - DESCRIPTOR_BYTES);
        for (int i = 0; i < packets; i++) {
            packet(encoder, key, temporalLayer, i, packets, each, captureNs);
        }
        encoder.frame++;
        encoder.pictureId = encoder.pictureId + 1 & 0x7fff;
    }

    private void packet(
            Encoder encoder, boolean key, int temporalLayer, int packet, int packets, int bytes, long captureNs) {
        Stamp stamp = encoder.stream.stamp();
        stamp.frame = encoder.frame;
        stamp.packet = packet;
        stamp.packets = packets;
        stamp.tl0PicIdx = encoder.tl0PicIdx;
        stamp.audioLevel = 0;
        int length = descriptor(encoder, temporalLayer, packet == 0);
        if (packet == 0) {
            length = frameHeader(encoder.layer, key, length);
        }
        encoder.stream.send(head, length, bytes, stamp.endsFrame(), -1, captureNs);
    }

    /// RFC 7741 §4.2, with 15 bits of picture id, TL0PICIDX and TID.
    private int descriptor(Encoder encoder, int temporalLayer, boolean start) {
        head[0] = (byte) (0x80 | (start ? 0x10 : 0) | (temporalLayer == 2 ? 0x20 : 0));
        head[1] = (byte) 0xe0;
        head[2] = (byte) (0x80 | encoder.pictureId >> 8);
        head[3] = (byte) encoder.pictureId;
        head[4] = (byte) encoder.tl0PicIdx;
        head[5] = (byte) (temporalLayer << 6);
        return DESCRIPTOR_BYTES;
    }

    /// RFC 6386 §9.1.
    private int frameHeader(Layer layer, boolean key, int at) {
        head[at] = (byte) (key ? 0x10 : 0x11);
        head[at + 1] = 0;
        head[at + 2] = 0;
        if (!key) {
            return at + FRAME_TAG_BYTES;
        }
        head[at + 3] = (byte) 0x9d;
        head[at + 4] = 0x01;
        head[at + 5] = 0x2a;
        head[at + 6] = (byte) layer.width();
        head[at + 7] = (byte) (layer.width() >> 8);
        head[at + 8] = (byte) layer.height();
        head[at + 9] = (byte) (layer.height() >> 8);
        return at + KEY_HEADER_BYTES;
    }
}
