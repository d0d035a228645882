package dev.parley.signaling.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An error as HTTP tells it, [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457): `type` is `urn:parley:problem:CODE`.
///
/// @param numbers members of this kind of problem, by their names
public record Problem(int status, String code, String detail, Map<String, Long> numbers) {
    public Problem {
        numbers = Map.copyOf(numbers);
    }

    public Problem(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    public static Problem notFound() {
        return new Problem(404, "not_found", "there is nothing here");
    }

    static Problem tooLarge(int maxBytes) {
        return new Problem(413, "too_large", "at most " + maxBytes + " bytes here");
    }

    public Response toResponse() {
        StringBuilder json = new StringBuilder("{\"type\":\"urn:parley:problem:" + code + "\",\"status\":" + status
                + ",\"detail\":\"" + escaped(detail) + '"');
        numbers.forEach(
                (name, number) -> json.append(",\"").append(name).append("\":").append(number));
        json.append('}');
        return Response.of(status, "application/problem+json", json.toString().getBytes(StandardCharsets.UTF_8))
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
