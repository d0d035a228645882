package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;

/// One place to which a track goes: the subscribers of a loop, or later those of another node. Called on the
/// publisher's loop.
interface FanoutTarget {
    /// The packet is not the target's: it retains what it keeps.
    void forward(Packet packet, int encoding, long seqIndex, long nowNs);

    void formatChanged(TrackFormat format);

    void senderReport(SourceClock clock);
}
