package dev.parley.signaling.web;

import java.nio.charset.StandardCharsets;

/// An error as HTTP tells it, [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457): `type` is `urn:parley:problem:CODE`.
public record Problem(int status, String code, String detail) {
    public static Problem notFound() {
        return new Problem(404, "not_found", "there is nothing here");
    }

    static Problem tooLarge(int maxBytes) {
        return new Problem(413, "too_large", "at most " + maxBytes + " bytes here");
    }

    public Response toResponse() {
        String json = "{\"type\":\"urn:parley:problem:" + code + "\",\"status\":" + status + ",\"detail\":\""
                + escaped(detail) + "\"}";
        return Response.of(status, "application/problem+json", json.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
