package dev.parley.sfu.rtp.synthetic;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may be heard and seen by one receiver: the streams of the others in its room, by what their payloads say. One
/// thread.
public final class Origins {
    private final Map<Long, SyntheticStream> streams = new HashMap<>();

    public void add(SyntheticPublisher publisher) {
        for (SyntheticStream stream : publisher.streams()) {
            Stamp stamp = stream.stamp();
            streams.put(key(stamp), stream);
        }
    }

    /// Null when nothing of this origin may ever arrive here.
    @Nullable
    SyntheticStream of(Stamp stamp) {
        return streams.get(key(stamp));
    }

    private static long key(Stamp stamp) {
        return (long) stamp.publisher << 16 | stamp.source << 8 | stamp.encoding;
    }
}
