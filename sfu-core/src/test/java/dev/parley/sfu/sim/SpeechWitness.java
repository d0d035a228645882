package dev.parley.sfu.sim;

import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// When each frame of the voices that one listener hears was at its decoder's input: by itself, and at the earliest,
/// copies in later packets included. Frames are taken to be 20 ms each without a pause.
final class SpeechWitness {
    private static final long FRAME_NS = 20_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    /// The voices' arrivals, by how many frames were made before.
    private static final class Voice {
        private long[] itself = {};
        private long[] earliest = {};

        private void grow(int counter) {
            int before = itself.length;
            if (counter >= before) {
                itself = Arrays.copyOf(itself, 2 * counter + 64);
                earliest = Arrays.copyOf(earliest, itself.length);
                Arrays.fill(itself, before, itself.length, NEVER);
                Arrays.fill(earliest, before, itself.length, NEVER);
            }
        }
    }

    /// Of how many frames how many came in time.
    ///
    /// @param plain by themselves
    /// @param fec by themselves or as the low-rate copy that Opus has in the next frame
    /// @param red by themselves or as a copy in any later packet
    record Heard(long frames, long plain, long fec, long red) {
        Heard plus(Heard more) {
            return new Heard(frames + more.frames, plain + more.plain, fec + more.fec, red + more.red);
        }

        double percent(long of) {
            return 100.0 * of / frames;
        }
    }

    private final Map<SyntheticStream, Voice> voices = new HashMap<>();

    void arrived(SyntheticStream origin, long counter, long arrivalNs) {
        Voice voice = voices.computeIfAbsent(origin, _ -> new Voice());
        voice.grow((int) counter);
        voice.itself[(int) counter] = Math.min(voice.itself[(int) counter], arrivalNs);
        voice.earliest[(int) counter] = Math.min(voice.earliest[(int) counter], arrivalNs);
    }

    void copied(SyntheticStream origin, long counter, long arrivalNs) {
        Voice voice = voices.computeIfAbsent(origin, _ -> new Voice());
        voice.grow((int) counter);
        voice.earliest[(int) counter] = Math.min(voice.earliest[(int) counter], arrivalNs);
    }

    /// Judges the frames that were due between two moments, all of one speech.
    ///
    /// @param lateNs a frame may come so long after its time, which is that of the fastest
    Heard heard(SyntheticStream origin, long fromNs, long toNs, long lateNs) {
        Voice voice = voices.getOrDefault(origin, new Voice());
        long first = NEVER;
        for (int i = 0; i < voice.itself.length; i++) {
            boolean then = voice.itself[i] >= fromNs && voice.itself[i] < toNs;
            first = then ? Math.min(first, voice.itself[i] - i * FRAME_NS) : first;
        }
        Heard heard = new Heard(0, 0, 0, 0);
        for (int i = (int) Math.max(0, (fromNs - first + FRAME_NS - 1) / FRAME_NS);
                first != NEVER && first + i * FRAME_NS < toNs && i + 1 < voice.itself.length;
                i++) {
            long inTimeNs = first + i * FRAME_NS + lateNs;
            boolean plain = voice.itself[i] <= inTimeNs;
            boolean fec = plain || voice.itself[i + 1] <= inTimeNs;
            boolean red = voice.earliest[i] <= inTimeNs;
            heard = heard.plus(new Heard(1, plain ? 1 : 0, fec ? 1 : 0, red ? 1 : 0));
        }
        return heard;
    }
}
