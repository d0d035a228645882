package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;

/// What a published track tells and wants of its publisher; called on the publisher's loop.
public interface TrackListener {
    /// A packet is to be asked for again.
    void missing(IncomingTrack track, int encoding, long seqIndex);

    void keyFrameWanted(IncomingTrack track, int encoding);

    /// The track's `nextTimeNs` came nearer.
    void due(IncomingTrack track);

    void codecChanged(IncomingTrack track, Codec codec);

    /// From now on its publisher needs to send these encodings and no others: bit i is the i-th of the offer.
    void encodingsNeeded(IncomingTrack track, int active);

    /// It is audible: told at once when it begins, then at most ten times a second. `level` is -dBov, 0 the loudest.
    void sound(IncomingTrack track, int level);
}
