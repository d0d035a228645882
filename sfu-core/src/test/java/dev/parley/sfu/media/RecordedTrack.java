package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;
import java.util.ArrayList;
import java.util.List;

/// A publisher's end that writes down what its track wants.
final class RecordedTrack implements TrackListener {
    final List<Long> missing = new ArrayList<>();
    final List<Integer> keyFrames = new ArrayList<>();
    final List<Codec> codecs = new ArrayList<>();
    final List<Integer> levels = new ArrayList<>();
    final List<Integer> encodings = new ArrayList<>();
    int due;

    @Override
    public void missing(IncomingTrack track, int encoding, long seqIndex) {
        missing.add(seqIndex);
    }

    @Override
    public void keyFrameWanted(IncomingTrack track, int encoding) {
        keyFrames.add(encoding);
    }

    @Override
    public void due(IncomingTrack track) {
        due++;
    }

    @Override
    public void codecChanged(IncomingTrack track, Codec codec) {
        codecs.add(codec);
    }

    @Override
    public void encodingsNeeded(IncomingTrack track, int active) {
        encodings.add(active);
    }

    @Override
    public void sound(IncomingTrack track, int level) {
        levels.add(level);
    }
}
