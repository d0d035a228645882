package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;

/// What all that goes to one viewer has in common: how long the way there and back takes, what it loses, and how much
/// may be sent again. Lives on the viewer's loop.
public final class Downlink {
    /// Of what is kept, an eighth is new with each measurement, as RFC 6298 §2.3 does for TCP.
    private static final int ROUND_TRIPS_REMEMBERED = 8;

    private final PathLoss loss = new PathLoss();
    private final Redundancy redundancy = new Redundancy();
    private final RepairShare repairs;
    private final long wallOffsetNs;
    private final SoundRate sound = new SoundRate();
    private long soundRoomBps = Long.MAX_VALUE;
    private long roundTripNs;

    /// @param wallOffsetNs what makes Unix time of the loop's
    public Downlink(Limits limits, long wallOffsetNs) {
        this.wallOffsetNs = wallOffsetNs;
        repairs = new RepairShare(limits);
    }

    /// One measurement; what is not positive is none.
    public void roundTrip(long measuredNs) {
        if (measuredNs > 0) {
            roundTripNs =
                    roundTripNs == 0 ? measuredNs : roundTripNs + (measuredNs - roundTripNs) / ROUND_TRIPS_REMEMBERED;
        }
    }

    /// 0 before the first measurement.
    public long roundTripNs() {
        return roundTripNs;
    }

    public PathLoss loss() {
        return loss;
    }

    long wallOffsetNs() {
        return wallOffsetNs;
    }

    /// All sound together, copies included, may take so much from now on: what else goes there has given way already.
    public void soundRoom(long bps) {
        soundRoomBps = bps;
    }

    /// A frame of sound goes out, so many bytes without copies.
    void sound(int bytes, long nowNs) {
        sound.sent(bytes, nowNs);
    }

    /// How many frames of sound go out once more with the next one: as many as its loss asks for, and as there is room
    /// for.
    int copies(long nowNs) {
        int wanted = redundancy.copies(loss.share(), nowNs);
        long plainBps = sound.bps(nowNs);
        boolean room = wanted == 0 || soundRoomBps == Long.MAX_VALUE || plainBps * (wanted + 1) <= soundRoomBps;
        return room ? wanted : (int) Math.max(0, soundRoomBps / plainBps - 1);
    }

    RepairShare repairs() {
        return repairs;
    }
}
