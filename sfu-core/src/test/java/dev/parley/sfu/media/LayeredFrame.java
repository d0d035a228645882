package dev.parley.sfu.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What a frame of the scenes truly is and needs, written into each of its packets behind the codec's own
/// bytes, where the server must not look: as ciphertext, when ends encrypt.
///
/// @param number counts the frames of its encoding
/// @param unit counts the pictures of its encoding
/// @param needs numbers of frames
record LayeredFrame(int encoding, int number, int unit, int spatial, int temporal, boolean key, List<Integer> needs) {
    private static final int MAGIC = 0x4c415952;
    private static final int BYTES = 64;

    /// One packet's part.
    record Part(LayeredFrame frame, int packet, int packets) {}

    byte[] part(int packet, int packets, int fillerBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES + fillerBytes);
        bytes.putInt(MAGIC)
                .putInt(encoding)
                .putInt(number)
                .putInt(unit)
                .putInt(spatial)
                .putInt(temporal);
        bytes.putInt(key ? 1 : 0).putInt(packet).putInt(packets).putInt(needs.size());
        needs.forEach(bytes::putInt);
        byte[] filler = new byte[fillerBytes];
        filler(packet).nextBytes(filler);
        bytes.position(BYTES).put(filler);
        return bytes.array();
    }

    private SplittableRandom filler(int packet) {
        return new SplittableRandom(31L * (31L * number + encoding) + packet);
    }

    /// Null when a byte is not as it was made.
    static @Nullable Part read(byte[] payload, int from) {
        if (payload.length - from < BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(payload, from, payload.length - from);
        if (bytes.getInt() != MAGIC) {
            return null;
        }
        int encoding = bytes.getInt();
        int number = bytes.getInt();
        int unit = bytes.getInt();
        int spatial = bytes.getInt();
        int temporal = bytes.getInt();
        boolean key = bytes.getInt() != 0;
        int packet = bytes.getInt();
        int packets = bytes.getInt();
        List<Integer> needs = new ArrayList<>();
        for (int i = bytes.getInt(); i > 0; i--) {
            needs.add(bytes.getInt());
        }
        LayeredFrame frame = new LayeredFrame(encoding, number, unit, spatial, temporal, key, List.copyOf(needs));
        byte[] again = frame.part(packet, packets, payload.length - from - BYTES);
        return java.util.Arrays.equals(again, 0, again.length, payload, from, payload.length)
                ? new Part(frame, packet, packets)
                : null;
    }
}
