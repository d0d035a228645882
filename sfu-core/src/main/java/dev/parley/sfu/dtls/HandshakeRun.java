package dev.parley.sfu.dtls;

/// A handshake under way, seen from its owner's loop.
interface HandshakeRun {
    /// Starts the thread. To be called once, when the owner is ready for steps.
    void begin();

    /// Gives it records that came from the peer; keeps the array.
    void feed(byte[] records);

    /// Ends it. No step comes after this.
    void cancel();
}
