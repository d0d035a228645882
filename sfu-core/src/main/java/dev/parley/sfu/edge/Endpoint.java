package dev.parley.sfu.edge;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Timed;

/// What the edge delivers datagrams to: a participant's transport. Called on the loop that it was added to, only.
public interface Endpoint {
    /// Names the loop and, on it, this endpoint: what STUN requests carry as the first half of their USERNAME.
    String localUfrag();

    /// A datagram from a bound flow, or a STUN request that names this endpoint, from anywhere. Takes over the packet.
    void receive(Packet packet, Flow flow, long nowNs);

    /// A connection that this endpoint had bound was closed by the other end; its flow is unbound already.
    void gone(Flow flow, long nowNs);

    /// What is called when its time has come; the loop asks it anew after each packet.
    Timed timed();

    /// A fault of ours came out of this endpoint. The loop has removed it already: its flows are unbound and it will
    /// not
    /// be called again.
    void failed(Throwable fault);
}
