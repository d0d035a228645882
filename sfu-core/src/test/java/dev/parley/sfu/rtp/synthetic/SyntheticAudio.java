package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Rng;

/// A microphone as Opus with DTX and the audio-level extension: 50 packets a second while someone speaks, one each 400
/// ms in silence. Turns of speech and silence come by chance, speech a fifth of the time. Deterministic by its Rng; one
/// thread.
public final class SyntheticAudio {
    private static final long PACKET_NS = 20_000_000;
    private static final long DTX_NS = 400_000_000;
    private static final int SPEECH_TURN_MS = 4_000;
    private static final int SILENCE_TURN_MS = 16_000;
    private static final int SPEECH_BYTES = 80;
    private static final int SILENT = 127;
    private static final int VOICE = 0x80;

    private final SyntheticStream stream;
    private final Rng rng;
    /// Opus' table of contents: 20 ms of wideband.
    private final byte[] tableOfContents = {0x48};

    private long nextNs;
    private long turnEndNs;
    private boolean speaking;
    private boolean muted;

    public SyntheticAudio(
            int publisher, int source, StreamNumbers numbers, SyntheticOutput output, Rng rng, long startNs) {
        this.stream = new SyntheticStream(publisher, source, 0, numbers, output, rng);
        this.rng = rng;
        this.nextNs = startNs;
        this.turnEndNs = startNs + turnNs(SILENCE_TURN_MS);
    }

    public SyntheticStream stream() {
        return stream;
    }

    public boolean speaking() {
        return speaking;
    }

    /// Speaks or is silent for at least so long; after that chance decides again.
    public void speak(boolean loud, long nowNs, long forNs) {
        speaking = loud;
        turnEndNs = nowNs + forNs;
        nextNs = loud ? Math.min(nextNs, nowNs + PACKET_NS) : nextNs;
    }

    /// Nothing comes of a muted microphone.
    public void mute(boolean mute, long nowNs) {
        muted = mute;
        nextNs = Math.max(nextNs, nowNs);
    }

    public long nextTimeNs() {
        return muted ? Long.MAX_VALUE : nextNs;
    }

    /// Sends what is due. The first packet of silence still comes after 20 ms, as an encoder's hangover does.
    public void onTime(long nowNs) {
        while (!muted && nowNs >= nextNs) {
            if (nextNs >= turnEndNs) {
                speaking = !speaking;
                turnEndNs = nextNs + turnNs(speaking ? SPEECH_TURN_MS : SILENCE_TURN_MS);
            }
            packet(nextNs);
            nextNs += speaking ? PACKET_NS : DTX_NS;
        }
    }

    private void packet(long captureNs) {
        int level = speaking ? VOICE | 20 + rng.below(30) : SILENT;
        Stamp stamp = stream.stamp();
        stamp.frame = (int) stamp.counter;
        stamp.packet = 0;
        stamp.packets = 1;
        stamp.tl0PicIdx = 0;
        stamp.audioLevel = level;
        int bytes = speaking ? SPEECH_BYTES - 20 + rng.below(40) : Stamp.BYTES;
        stream.send(tableOfContents, tableOfContents.length, bytes, false, level, captureNs);
    }

    private long turnNs(int averageMs) {
        return (averageMs / 2 + rng.below(averageMs)) * 1_000_000L;
    }
}
