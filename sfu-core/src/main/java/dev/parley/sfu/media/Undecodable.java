package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;

/// In which codecs a source came that a subscriber does not decode, each told once. Lives on the subscriber's loop.
final class Undecodable {
    private int told;
    private boolean now;

    /// Another source, or other codecs of the subscriber.
    void reset() {
        told = 0;
        now = false;
    }

    /// The source comes in this codec.
    ///
    /// @return whether the subscriber does not decode it and was not told
    boolean comes(Codec codec, boolean decodable) {
        now = !decodable;
        int bit = 1 << codec.ordinal();
        boolean fresh = now && (told & bit) == 0;
        told |= now ? bit : 0;
        return fresh;
    }

    /// Whether the source comes in such a codec now: no key frame would help.
    boolean now() {
        return now;
    }
}
