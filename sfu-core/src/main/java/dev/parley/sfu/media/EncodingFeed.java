package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import org.jspecify.annotations.Nullable;

/// One encoding of a track as it arrives on one loop: its packets for repair, when it came last, what it takes and how
/// large it is. Lives on that loop.
final class EncodingFeed {
    /// An encoding that is asked for and has not come in this time will not: its publisher lacks the bandwidth, the
    /// processor or the camera for it, or does as it likes. Encoders start within a second.
    static final long ABSENT_NS = 3_000_000_000L;

    final PacketHistory history;
    final DependencyStructures structures = new DependencyStructures();
    long arrivedNs = Long.MIN_VALUE;
    long keyFrameIndex = Long.MIN_VALUE;
    long keyFrameNs;
    long keyFrameAskedNs = Long.MIN_VALUE;

    @Nullable
    SourceClock clock;

    /// Null for pictures.
    final @Nullable SoundFrames sounds;

    /// When the last three pictures began, the newest first.
    private long pictureNs = Long.MIN_VALUE;

    private long secondPictureNs = Long.MIN_VALUE;
    long thirdPictureNs = Long.MIN_VALUE;
    private int lastTimestamp;
    /// Null for sound, of which there is one layer only.
    private final @Nullable LayerRates rates;

    private final PictureSizes sizes = new PictureSizes();
    private long neededNs = Deadlines.NEVER;

    EncodingFeed(Limits limits, PacketKeeper keeper, boolean video) {
        history = new PacketHistory(limits.history().packets(), limits.history().ns(), keeper);
        rates = video ? new LayerRates() : null;
        sounds = video ? null : new SoundFrames(history);
    }

    void arrived(MediaPacket packet, long nowNs) {
        if (packet.timestamp() != lastTimestamp || arrivedNs == Long.MIN_VALUE) {
            lastTimestamp = packet.timestamp();
            thirdPictureNs = secondPictureNs;
            secondPictureNs = pictureNs;
            pictureNs = nowNs;
        }
        arrivedNs = nowNs;
        if (sounds != null) {
            sounds.put(packet);
        }
        if (rates != null) {
            rates.count(
                    packet.spatialIndex(),
                    packet.temporalIndex(),
                    packet.packet().length(),
                    nowNs);
            sizes.learn(packet);
        }
    }

    /// Takes over one reference to the packet, which was offered to everyone.
    void keep(MediaPacket packet, long nowNs) {
        history.put(packet.packet(), packet.seqIndex(), nowNs);
        if (packet.startsDecoding() && packet.seqIndex() > keyFrameIndex) {
            keyFrameIndex = packet.seqIndex();
            keyFrameNs = nowNs;
        }
    }

    boolean alive(long nowNs) {
        return arrivedNs != Long.MIN_VALUE && nowNs - arrivedNs < LayerSelector.VANISHED_NS;
    }

    /// Whether somebody on this loop waits for it, from now on.
    void needed(boolean isNeeded, long nowNs) {
        if (isNeeded != (neededNs != Deadlines.NEVER)) {
            neededNs = isNeeded ? nowNs : Deadlines.NEVER;
        }
    }

    /// @param flows whether any encoding of the source comes
    /// @param alone whether the source has no other
    void describe(SourceLayers into, boolean flows, boolean alone, long nowNs) {
        if (rates == null) {
            return;
        }
        rates.advance(nowNs);
        boolean comes = alive(nowNs);
        boolean absent = flows && !comes && neededNs != Deadlines.NEVER && nowNs - neededNs >= ABSENT_NS;
        for (int layer = 0; layer < (alone ? rates.spatialLayers() : 1); layer++) {
            int temporalLayers = comes ? rates.temporalLayers() : 1;
            int top = alone ? layer : LayerRates.SPATIAL_MAX - 1;
            into.add(sizes.width(alone ? layer : 0), sizes.height(alone ? layer : 0), temporalLayers, comes, !absent);
            for (int t = 0; rates.known() && t < temporalLayers; t++) {
                into.rate(t, rates.bps(top, t == temporalLayers - 1 ? SourceLayers.TEMPORAL_MAX - 1 : t));
            }
        }
    }
}
