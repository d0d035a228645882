package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;

/// What an ICE agent wants done. The agent's state is already changed when it calls, so that it may be called
/// back.
public interface IceOutput {
    /// Takes ownership of the packet, which leaves from the flow's local address.
    void send(Packet packet, Flow flow);

    /// A check from this address was authenticated: what comes from there belongs to this session.
    void bound(Flow flow);

    void unbound(Flow flow);

    void consent(ConsentState state);

    /// From now on media leaves here.
    void selected(Flow flow);
}
