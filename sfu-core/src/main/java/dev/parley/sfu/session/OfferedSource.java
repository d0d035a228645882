package dev.parley.sfu.session;

/// One stream of packets and its retransmissions.
///
/// @param rtxSsrc 0 where there is none
public record OfferedSource(int ssrc, int rtxSsrc) {}
