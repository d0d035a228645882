package dev.parley.sfu.session;

import dev.parley.sfu.rtp.Codec;
import java.util.List;

/// What an answer takes of an offer: for a room, or for one announced section.
///
/// @param audio codecs allowed, in the order of the answer: a browser that sends takes the first. `RED` only ever joins
///     `OPUS`, and comes behind it where we send
/// @param video codecs allowed, in the order of the answer: the first is what a browser sends
/// @param publish whether sections that would send to us are taken at all
/// @param watch whether sections that would receive from us are taken at all
/// @param dtx whether a microphone's Opus sender is asked to be silent when its speaker is
/// @param stereo whether an Opus sender may send two channels
public record AnswerPolicy(
        List<Codec> audio, List<Codec> video, boolean publish, boolean watch, boolean dtx, boolean stereo) {
    public AnswerPolicy {
        audio = List.copyOf(audio);
        video = List.copyOf(video);
    }

    public static AnswerPolicy defaults() {
        return new AnswerPolicy(
                List.of(Codec.RED, Codec.OPUS),
                List.of(Codec.VP8, Codec.H264, Codec.VP9, Codec.AV1),
                true,
                true,
                true,
                false);
    }

    /// The same for someone who only watches.
    public AnswerPolicy viewing() {
        return new AnswerPolicy(audio, video, false, true, dtx, stereo);
    }

    /// The same for someone who only sends.
    public AnswerPolicy publishing() {
        return new AnswerPolicy(audio, video, true, false, dtx, stereo);
    }
}
