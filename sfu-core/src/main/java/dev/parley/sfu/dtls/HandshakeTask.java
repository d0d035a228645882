package dev.parley.sfu.dtls;

import org.bouncycastle.tls.DatagramTransport;

/// One handshake as blocking code: reads and writes records until it is over. Never throws what a peer can cause.
interface HandshakeTask {
    /// BouncyCastle's own retransmission must never come into play: an hour.
    int BEYOND_ANY_DEADLINE_MILLIS = 3_600_000;

    HandshakeEnd run(DatagramTransport transport);
}
