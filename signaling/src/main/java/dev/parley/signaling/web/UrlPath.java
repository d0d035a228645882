package dev.parley.signaling.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path of a request target, RFC 3986 section 3.3, taken apart once and strictly: what is unclear is refused, so
/// that
/// nothing behind it has to think about encodings.
public final class UrlPath {
    static final int SEGMENTS_MAX = 16;

    private UrlPath() {}

    /// What stands behind the first `?`.
    static String query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /// The decoded segments, or null when the target is no absolute path, is badly encoded, has a dot segment, or hides
    /// a separator or control character in a segment. `/` has one empty segment.
    static @Nullable List<String> parse(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (!path.startsWith("/")) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        for (String raw : path.substring(1).split("/", -1)) {
            String segment = decode(raw);
            if (segment == null || segments.size() == SEGMENTS_MAX || hostile(segment)) {
                return null;
            }
            segments.add(segment);
        }
        return segments;
    }

    private static boolean hostile(String segment) {
        return segment.equals(".")
                || segment.equals("..")
                || segment.codePoints().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    /// A segment as it stands in a path: what is not unreserved, RFC 3986 section 2.3, is percent-encoded.
    public static String encode(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length());
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0)) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }

    /// Null for what is no UTF-8 in percent-encoding.
    static @Nullable String decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                return null; // a request target is ASCII
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null; // an overlong form such as %c0%af, say
        }
    }
}
