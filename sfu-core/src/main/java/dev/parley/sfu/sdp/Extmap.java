package dev.parley.sfu.sdp;

/// `a=extmap:2/recvonly urn:…`, RFC 8285 section 8.
public record Extmap(int id, Direction direction, String uri) {}
