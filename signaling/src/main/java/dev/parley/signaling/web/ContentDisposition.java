package dev.parley.signaling.web;

import java.nio.charset.StandardCharsets;

/// The field by which a browser saves a response and does not show it, [RFC
/// 6266](https://www.rfc-editor.org/rfc/rfc6266): the name as it is in the coding of RFC 8187, and without what is not
/// ASCII for those who do not know that.
final class ContentDisposition {
    private static final String ATTRIBUTE = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    static String attachment(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints().forEach(c -> plain.append(isPlain(c) ? (char) c : '_'));
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(name);
    }

    /// Without what quotes or escapes, and `%`, which some take for the beginning of an encoding.
    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f && "\"\\%/".indexOf(c) < 0;
    }

    private static String encoded(String name) {
        StringBuilder coded = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (letter || (b > 0 && ATTRIBUTE.indexOf(b) >= 0)) {
                coded.append((char) b);
            } else {
                coded.append(String.format("%%%02X", b));
            }
        }
        return coded.toString();
    }
}
