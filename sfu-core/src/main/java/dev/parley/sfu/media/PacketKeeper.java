package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;

/// Where a loop gives packets back that it was handed: its own pool, or the queue of the loop that owns them.
@FunctionalInterface
interface PacketKeeper {
    void giveBack(Packet packet);
}
