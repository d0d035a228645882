package dev.parley.signaling.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole HTTP response. Its body is in memory, and not changed after it was given, or, where `streamed` is one, on a
/// disk.
public record Response(
        int status,
        List<Header> headers,
        byte[] body,
        @Nullable Body streamed) {
    private static final byte[] NOTHING = {};

    /// One header field.
    public record Header(String name, String value) {}

    public Response {
        headers = List.copyOf(headers);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), body, null);
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), NOTHING, null);
    }

    public static Response streamed(int status, String contentType, Body body) {
        return new Response(status, List.of(new Header("Content-Type", contentType)), NOTHING, body);
    }

    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Response json(byte[] body) {
        return of(200, "application/json", body).with("Cache-Control", "no-store");
    }

    public Response with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body, streamed);
    }
}
