package dev.parley.sfu.sctp;

/// Where an association puts its packets: into DTLS, mostly. It is in the middle of something and must not be called
/// back.
public interface SctpOutput {
    /// One packet; the bytes are the association's again after the call.
    void send(byte[] array, int offset, int length);
}
