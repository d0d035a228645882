package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.codec.RedPayload;
import org.jspecify.annotations.Nullable;

/// The frames of sound that go out once more in front of the next one, RFC 2198. Whatever is in them is copied as it
/// is,
/// so that what its ends encrypt is repeated like anything else. Chosen anew for each packet; lives on the subscriber's
/// loop.
final class Copies {
    /// A copy that is older comes too late to be heard: two frames of 60 ms, one of 120 ms.
    private static final int AGE_MAX_TICKS = 120 * 48;

    private final long[] chosen = new long[Redundancy.COPIES_MAX];
    private @Nullable SoundFrames frames;
    private int count;
    private int bytes;
    private int timestamp;

    /// Chooses among the frames right before this one, the nearest first: none from before the stretch, none of silence
    /// (whoever misses that makes its own), and as many as find room.
    ///
    /// @param room for copies and their headers
    /// @return whether there are any
    boolean choose(MediaPacket packet, Segment segment, int wanted, int room) {
        frames = segment.feed.sounds(segment.encoding);
        timestamp = packet.timestamp();
        count = 0;
        bytes = RedPayload.PRIMARY_HEADER_BYTES;
        long first = Math.max(packet.seqIndex() - wanted, segment.firstSource);
        for (long index = packet.seqIndex() - 1; frames != null && index >= first; index--) {
            if (frames.packet(index) != null && worthIt(frames, index)) {
                int needed = RedPayload.HEADER_BYTES + frames.length(index);
                if (bytes + needed > room) {
                    break;
                }
                bytes += needed;
                chosen[count++] = index;
            }
        }
        return count > 0;
    }

    private boolean worthIt(SoundFrames of, long index) {
        int age = timestamp - of.timestamp(index);
        int length = of.length(index);
        return age > 0
                && age <= AGE_MAX_TICKS
                && length > AudioLevelMeter.SILENT_PAYLOAD_MAX
                && length <= RedPayload.LENGTH_MAX;
    }

    /// What they take in front of the packet's own frame.
    int bytes() {
        return bytes;
    }

    /// Writes all headers and the copies, the oldest first; the packet's own frame follows.
    void write(Packet out, int from, int payloadType) {
        SoundFrames source = frames;
        int header = from;
        int at = from + count * RedPayload.HEADER_BYTES + RedPayload.PRIMARY_HEADER_BYTES;
        for (int i = count - 1; i >= 0; i--) {
            Packet packet = source == null ? null : source.packet(chosen[i]);
            if (source != null && packet != null) {
                int length = source.length(chosen[i]);
                RedPayload.header(out, header, payloadType, timestamp - source.timestamp(chosen[i]), length);
                System.arraycopy(packet.array(), source.offset(chosen[i]), out.array(), at, length);
                at += length;
            }
            header += RedPayload.HEADER_BYTES;
        }
        RedPayload.primaryHeader(out, header, payloadType);
    }
}
