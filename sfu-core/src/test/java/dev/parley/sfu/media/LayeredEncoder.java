package dev.parley.sfu.media;

import dev.parley.sfu.rtp.codec.WrittenDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One encoding of the scenes: makes the packets of its pictures layer by layer, each with what its codec and its
/// dependency descriptor say.
final class LayeredEncoder {
    static final int DESCRIPTOR_ID = 12;

    /// A packet as the publisher sends it.
    record Made(byte[] bytes, int seq) {}

    private final LayerPattern pattern;
    private final int encoding;
    private final int ssrc;
    private final int payloadType;
    private final boolean sealed;
    private final SplittableRandom random;
    private final int timestampOffset;
    private final int[] chainEnds;
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private WrittenDescriptor.Structure structure;
    private int seq;
    private int number;
    private int unit;
    private int keyUnit;
    private int pictureId;
    private int tl0PicIdx;
    private int spatialTold;
    boolean keyWanted = true;
    boolean active = true;
    /// How many spatial layers it sends.
    int spatial;

    LayeredEncoder(LayerPattern pattern, int encoding, int ssrc, int payloadType, boolean sealed, long seed) {
        this.pattern = pattern;
        this.encoding = encoding;
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        this.sealed = sealed;
        this.random = new SplittableRandom(seed);
        this.timestampOffset = random.nextInt();
        this.chainEnds = new int[pattern.spatial];
        this.structure = pattern.structure(random.nextInt(64));
        spatial = pattern.spatial;
        spatialTold = spatial;
        seq = random.nextInt(1 << 16);
        number = random.nextInt(1 << 16);
        pictureId = random.nextInt(1 << 15);
        tl0PicIdx = random.nextInt(1 << 8);
    }

    /// The packets of the next picture.
    List<Made> picture(long nowNs) {
        if (keyWanted) {
            keyWanted = false;
            keyUnit = unit;
            spatialTold = pattern.spatial;
            structure =
                    pattern.structure(structure.offset() + structure.templates().size() & 63);
        }
        int since = unit - keyUnit;
        tl0PicIdx += LayerPattern.temporal(since) == 0 ? 1 : 0;
        List<Made> made = new ArrayList<>();
        for (int layer = 0; layer < spatial; layer++) {
            frame(layer, since, nowNs, made);
        }
        spatialTold = spatial;
        unit++;
        pictureId = pictureId + 1 & 0x7fff;
        return made;
    }

    private void frame(int layer, int since, long nowNs, List<Made> made) {
        List<Integer> needs = new ArrayList<>();
        LayerPattern.needs(since).forEach(back -> needs.add(numbers.get(key(unit - back, layer))));
        if (layer > 0 && (since == 0 || !pattern.keyOnly)) {
            needs.add(number - 1);
        }
        LayeredFrame frame = new LayeredFrame(
                encoding, number, unit, layer, LayerPattern.temporal(since), since == 0, List.copyOf(needs));
        int packets = 1 + random.nextInt(since == 0 ? 5 : 3);
        for (int i = 0; i < packets; i++) {
            boolean marker = i == packets - 1 && layer == spatial - 1;
            byte[] head = head(layer, since, i == 0, i == packets - 1);
            byte[] part = frame.part(i, packets, 40 + random.nextInt(400));
            byte[] descriptor = pattern.described ? descriptor(frame, since, i, packets) : new byte[0];
            made.add(packet(head, part, descriptor, marker, nowNs));
        }
        for (int chain = 0; chain < chainEnds.length; chain++) {
            chainEnds[chain] = pattern.inChain(layer, since, chain) ? number : chainEnds[chain];
        }
        numbers.put(key(unit, layer), number++);
        numbers.remove(key(unit - 20, layer));
    }

    private static int key(int unit, int layer) {
        return unit * 4 + layer;
    }

    private byte[] descriptor(LayeredFrame frame, int since, int packet, int packets) {
        int[] chains = new int[chainEnds.length];
        for (int chain = 0; chain < chains.length; chain++) {
            chains[chain] = since == 0 && frame.spatial() == 0 ? 0 : number - chainEnds[chain];
        }
        boolean brings = since == 0 && frame.spatial() == 0 && packet == 0;
        boolean saysActive = spatial != spatialTold && (brings || packet == packets - 1);
        return new WrittenDescriptor(
                        packet == 0,
                        packet == packets - 1,
                        number & 0xffff,
                        frame.spatial() * LayerPattern.TEMPORAL + frame.temporal(),
                        brings ? structure : null,
                        saysActive ? LayerPattern.targets(spatial) : -1,
                        pattern.indications(frame.spatial(), since),
                        frame.needs().stream()
                                .mapToInt(needed -> number - needed)
                                .toArray(),
                        chains)
                .toBytes(structure);
    }

    private byte[] head(int layer, int since, boolean first, boolean last) {
        int temporal = LayerPattern.temporal(since);
        return switch (pattern.codec) {
            case VP8 -> vp8(since, temporal, first);
            case VP9 -> {
                int flags = 0xa0 | (since == 0 ? 0 : 0x40) | (first ? 0x08 : 0) | (last ? 0x04 : 0);
                int layers = temporal << 5 | (LayerPattern.higherBeginHere(since) ? 0x10 : 0) | layer << 1;
                yield bytes(flags, 0x80 | pictureId >> 8, pictureId, layers, tl0PicIdx);
            }
            case H264 -> bytes(since == 0 && first ? 0x67 : 0x41);
            default -> bytes((first ? 0 : 0x80) | (since == 0 && first && layer == 0 ? 0x18 : 0x10));
        };
    }

    private byte[] vp8(int since, int temporal, boolean first) {
        int sync = LayerPattern.needsBaseOnly(since) ? 0x20 : 0;
        int frameTag = since == 0 ? 0x10 : 0x11;
        return first
                ? bytes(0x90, 0xe0, 0x80 | pictureId >> 8, pictureId, tl0PicIdx, temporal << 6 | sync, frameTag, 0, 0)
                : bytes(0x80, 0xe0, 0x80 | pictureId >> 8, pictureId, tl0PicIdx, temporal << 6 | sync);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /// One-byte form as long as it does, as browsers choose it.
    private Made packet(byte[] head, byte[] part, byte[] descriptor, boolean marker, long nowNs) {
        boolean twoByte = descriptor.length > 16;
        int element = descriptor.length == 0 ? 0 : descriptor.length + (twoByte ? 2 : 1);
        int words = (element + 3) / 4;
        int extension = words == 0 ? 0 : 4 + 4 * words;
        byte[] bytes = new byte[12 + extension + head.length + part.length];
        java.nio.ByteBuffer out = java.nio.ByteBuffer.wrap(bytes);
        out.put((byte) (words == 0 ? 0x80 : 0x90)).put((byte) (payloadType | (marker ? 0x80 : 0)));
        out.putShort((short) seq);
        out.putInt(timestampOffset + (int) (nowNs / 1_000 * 90 / 1_000)).putInt(ssrc);
        if (words > 0) {
            out.putShort((short) (twoByte ? 0x1000 : 0xbede)).putShort((short) words);
            out.put((byte) (twoByte ? DESCRIPTOR_ID : DESCRIPTOR_ID << 4 | descriptor.length - 1));
            if (twoByte) {
                out.put((byte) descriptor.length);
            }
            out.put(descriptor);
        }
        out.position(12 + extension).put(head).put(sealed ? sealed(part) : part);
        Made made = new Made(bytes, seq);
        seq = seq + 1 & 0xffff;
        return made;
    }

    /// Stands for the encryption between the ends.
    static byte[] sealed(byte[] part) {
        byte[] sealed = part.clone();
        byte[] stream = new byte[part.length];
        new SplittableRandom(part.length).nextBytes(stream);
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] ^= stream[i];
        }
        return sealed;
    }
}
