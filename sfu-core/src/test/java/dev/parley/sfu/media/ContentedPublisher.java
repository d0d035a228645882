package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;

/// A publisher's end that hears what its tracks want and does nothing; tests override what concerns them.
public class ContentedPublisher implements TrackListener {
    @Override
    public void missing(IncomingTrack track, int encoding, long seqIndex) {}

    @Override
    public void keyFrameWanted(IncomingTrack track, int encoding) {}

    @Override
    public void due(IncomingTrack track) {}

    @Override
    public void codecChanged(IncomingTrack track, Codec codec) {}

    @Override
    public void encodingsNeeded(IncomingTrack track, int active) {}

    @Override
    public void sound(IncomingTrack track, int level) {}
}
