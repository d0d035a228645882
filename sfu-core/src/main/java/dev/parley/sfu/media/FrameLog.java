package dev.parley.sfu.media;

import java.util.Arrays;

/// What was decided about each of the last 256 frames of an encoding: all packets of a frame share its fate.
/// Lives on the subscriber's loop.
final class FrameLog {
    /// Nothing of the frame has come yet, or it is too long ago.
    static final byte UNKNOWN = 0;

    static final byte LEFT_OUT = 1;
    static final byte TAKEN = 2;
    /// Taken, and the highest frame that is taken of its picture.
    static final byte TAKEN_AS_TOP = 3;

    private static final int SIZE = 256;

    private final byte[] verdicts = new byte[SIZE];
    private long highest = Long.MIN_VALUE;

    byte verdict(long frame) {
        return frame <= highest && frame > highest - SIZE ? verdicts[slot(frame)] : UNKNOWN;
    }

    boolean took(long frame) {
        return verdict(frame) >= TAKEN;
    }

    /// A frame that is too long ago is not remembered.
    void put(long frame, byte verdict) {
        if (frame > highest) {
            advance(frame);
        } else if (frame <= highest - SIZE) {
            return;
        }
        verdicts[slot(frame)] = verdict;
    }

    private void advance(long frame) {
        if (highest == Long.MIN_VALUE || frame - highest >= SIZE) {
            Arrays.fill(verdicts, UNKNOWN);
        } else {
            for (long skipped = highest + 1; skipped < frame; skipped++) {
                verdicts[slot(skipped)] = UNKNOWN;
            }
        }
        highest = frame;
    }

    private static int slot(long frame) {
        return (int) frame & SIZE - 1;
    }
}
