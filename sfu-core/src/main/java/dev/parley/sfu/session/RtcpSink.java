package dev.parley.sfu.session;

import dev.parley.sfu.rtp.rtcp.RtcpWriter;

/// Where RTCP for the client is written; the session encrypts and sends it.
interface RtcpSink {
    /// A new datagram.
    RtcpWriter begin();

    /// Sends it, or throws it away when nothing was written.
    void send(RtcpWriter datagram);
}
