package dev.parley.sfu.dtls;

/// What a handshake came to.
sealed interface HandshakeEnd {
    record Done(SrtpKeys keys, RecordCipher records) implements HandshakeEnd {}

    record Failed(DtlsFailure reason) implements HandshakeEnd {}
}
