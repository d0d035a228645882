package dev.parley.sfu.sctp.rx;

/// A whole message. The bytes are the receiver's.
public record ReceivedMessage(int stream, int ppid, byte[] bytes) {}
