package dev.parley.sfu.session;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;

/// Where a session's datagrams go, and what the edge must know of its addresses. Called on the session's loop.
public interface SessionOutput {
    /// Takes over the packet. The bytes leave from `flow.local`.
    void send(Packet datagram, Flow flow);

    /// Whether a picture's packets under this SSRC are taken on this flow now; see `MediaSink.takes`.
    boolean takes(int ssrc, Flow flow);

    /// From now on what comes on this flow is the session's.
    void bound(Flow flow);

    void unbound(Flow flow);

    /// STUN requests that name this fragment are the session's; before the first offer and at each ICE restart.
    void ufrag(String localUfrag);

    /// Nothing that comes is the session's any more.
    void ended();
}
