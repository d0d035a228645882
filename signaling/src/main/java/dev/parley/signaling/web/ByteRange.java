package dev.parley.signaling.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A part of a file that was asked for, [RFC 9110 section 14](https://www.rfc-editor.org/rfc/rfc9110#section-14).
///
/// @param from the first byte
/// @param length 0 for one that is outside of the file
record ByteRange(long from, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /// What the field asks for; null where the whole file is the answer: there is no field, it is none, or it asks for
    /// several.
    static @Nullable ByteRange of(@Nullable String field, long size) {
        Matcher range = ONE.matcher(field == null ? "" : field.strip());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return null;
        }
        if (range.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(range.group(2)));
            return new ByteRange(size - last, last);
        }
        long from = Long.parseLong(range.group(1));
        long end = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2)) + 1;
        if (end <= from) {
            return null; // it is none, so that it is as if it were not there
        }
        return new ByteRange(from, Math.max(0, Math.min(end, size) - from));
    }

    boolean isOutside() {
        return length == 0;
    }

    String contentRange(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
