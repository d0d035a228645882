package dev.parley.signaling.web;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP request as routes see it.
///
/// @param path the decoded segments of the path
/// @param query what stands behind the `?`, as it came
/// @param captured the segments that the route's pattern names
/// @param origin how the client reached us
public record Request(
        String method,
        List<String> path,
        String query,
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

    /// The first field of this name, or null.
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /// The first parameter of this name in the query, or null. Throws a `Refusal` when the query is badly encoded.
    public @Nullable String parameter(String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (decoded(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                return equals < 0 ? "" : decoded(pair.substring(equals + 1));
            }
        }
        return null;
    }

    /// As forms write it: `+` is a blank.
    private static String decoded(String raw) {
        String text = UrlPath.decode(raw.replace('+', ' '));
        if (text == null) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "the query is badly encoded");
        }
        return text;
    }

    Request with(Map<String, String> nowCaptured) {
        return new Request(method, path, query, nowCaptured, headers, body, origin);
    }

    Request with(byte[] wholeBody) {
        return new Request(method, path, query, captured, headers, wholeBody, origin);
    }
}
