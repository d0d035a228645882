package dev.parley.sfu.rtp.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may be heard and seen by one receiver: the streams of the others in its room, by what their payloads say. One
/// thread.
public final class Origins {
    private static final int STREAMS_MAX = 64;

    /// By publisher, then by source and encoding.
    private final List<@Nullable SyntheticStream[]> streams = new ArrayList<>();

    public void add(SyntheticPublisher publisher) {
        for (SyntheticStream stream : publisher.streams()) {
            Stamp stamp = stream.stamp();
            while (streams.size() <= stamp.publisher) {
                streams.add(new SyntheticStream[STREAMS_MAX]);
            }
            streams.get(stamp.publisher)[place(stamp)] = stream;
        }
    }

    /// Null when nothing of this origin may ever arrive here.
    @Nullable
    SyntheticStream of(Stamp stamp) {
        boolean known = stamp.publisher < streams.size() && place(stamp) < STREAMS_MAX;
        return known ? streams.get(stamp.publisher)[place(stamp)] : null;
    }

    private static int place(Stamp stamp) {
        return stamp.source << 2 | stamp.encoding;
    }
}
