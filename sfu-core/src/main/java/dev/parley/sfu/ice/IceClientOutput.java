package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;

/// What a client agent wants done. Its state is already changed when it calls, so that it may be called back.
public interface IceClientOutput {
    /// Takes ownership of the packet.
    void send(Packet packet, Flow flow);

    void state(IceClientState state);

    /// From now on media leaves here.
    void selected(Flow flow);
}
