package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Packet;

/// Where synthetic publishers send: the client of a simulation, which encrypts.
public interface SyntheticOutput {
    /// An empty packet to build in.
    Packet packet();

    /// Takes over a complete plain packet.
    ///
    /// @param index its SRTP index, in cycle 0 at the begin of a stream
    void send(Packet rtp, int headerLength, long index);

    /// The next of the client's transport-wide sequence numbers, 0 to 65,535.
    int nextTransportSequence();
}
