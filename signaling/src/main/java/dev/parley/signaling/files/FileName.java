package dev.parley.signaling.files;

import java.nio.charset.StandardCharsets;

/// The name of a file as it is shown to others and proposed to their browsers. It is never the name of anything on the
/// server's disk.
final class FileName {
    /// What file systems take.
    static final int BYTES_MAX = 255;
    /// Of which an extension may have so many characters.
    private static final int EXTENSION_MAX = 16;

    private static final String NAMELESS = "file";

    private FileName() {}

    /// The last part of a path without what is no text, what turns the direction of other text, and dots that hide it.
    static String of(String claimed) {
        String last = claimed.substring(Math.max(claimed.lastIndexOf('/'), claimed.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder(last.length());
        last.codePoints().filter(c -> !forbidden(c)).forEach(clean::appendCodePoint);
        String name = bare(shortened(bare(clean.toString())));
        return name.isEmpty() ? NAMELESS : name;
    }

    private static String bare(String text) {
        String name = text.strip();
        while (name.startsWith(".") || name.endsWith(".")) {
            name = (name.startsWith(".") ? name.substring(1) : name.substring(0, name.length() - 1)).strip();
        }
        return name;
    }

    private static boolean forbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> c != 0x200D; // which joins emoji
            default -> "<>:\"|?*".indexOf(c) >= 0; // which some file systems do not take
        };
    }

    /// What says what it is stays.
    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        boolean extended = dot > 0 && name.length() - dot <= EXTENSION_MAX;
        String extension = extended ? name.substring(dot) : "";
        String stem = extended ? name.substring(0, dot) : name;
        int room = BYTES_MAX - bytes(extension);
        int end = 0;
        for (int used = 0; end < stem.length(); ) {
            int c = stem.codePointAt(end);
            used += bytes(Character.toString(c));
            if (used > room) {
                break;
            }
            end += Character.charCount(c);
        }
        return stem.substring(0, end) + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
