package dev.parley.sfu.api;

import java.util.List;

/// What the start prints: where media is received and what the kernel granted.
///
/// @param transport `epoll` or `nio`
/// @param receiveBufferBytes what the kernel gave of the buffer that was asked for
public record SfuInfo(
        int udpPort,
        List<String> addresses,
        int loops,
        String transport,
        int receiveBufferBytes,
        int wantedBufferBytes) {}
