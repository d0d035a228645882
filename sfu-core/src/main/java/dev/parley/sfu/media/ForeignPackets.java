package dev.parley.sfu.media;

import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.Packet;
import java.util.ArrayList;
import java.util.List;

/// Packets of another loop on their way back: gathered while a turn lasts, returned to their owner as one command at
/// its end. Lives on the borrowing loop.
final class ForeignPackets implements PacketKeeper {
    private final Loop here;
    private final Loop owner;
    private final Runnable handBack = this::handBack;
    private List<Packet> done = new ArrayList<>();

    ForeignPackets(Loop here, Loop owner) {
        this.here = here;
        this.owner = owner;
    }

    @Override
    public void giveBack(Packet packet) {
        if (done.isEmpty()) {
            here.atEndOfTurn(handBack);
        }
        done.add(packet);
    }

    private void handBack() {
        List<Packet> batch = done;
        done = new ArrayList<>(batch.size());
        owner.post(() -> batch.forEach(Packet::release));
    }
}
