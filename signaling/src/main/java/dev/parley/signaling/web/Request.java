package dev.parley.signaling.web;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/// One HTTP request as routes see it.
///
/// @param path the decoded segments of the path
/// @param captured the segments that the route's pattern names
/// @param origin how the client reached us
public record Request(
        String method,
        List<String> path,
        Map<String, String> captured,
        HttpHeaders headers,
        byte[] body,
        Origin origin) {
    public Request {
        path = List.copyOf(path);
        captured = Map.copyOf(captured);
    }

    public String captured(String name) {
        return captured.getOrDefault(name, "");
    }
}
