package dev.parley.sfu.sdp;

/// `a=msid:stream track`, RFC 8830. `-` as stream means none; the track may be empty.
public record Msid(String stream, String track) {}
