package dev.parley.sfu.api;

/// How a participant's media reaches us.
public enum MediaPath {
    UDP,
    TCP,
    RELAY
}
