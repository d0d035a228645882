package dev.parley.sfu.session;

/// Our own ICE credentials as they stand in SDP; new ones for each ICE generation.
public record LocalIce(String ufrag, String pwd) {}
