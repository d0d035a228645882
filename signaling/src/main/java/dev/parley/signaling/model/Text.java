package dev.parley.signaling.model;

import java.text.Normalizer;
import java.util.Locale;

/// What names of people and rooms have in common: how they are compared, and which characters no name may have.
final class Text {
    static final int CODE_POINTS_MAX = 64;

    private Text() {}

    /// NFKC, case folding, trimming; characters that cannot be seen do not make two names different.
    static String comparable(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder seen = new StringBuilder(folded.length());
        Normalizer.normalize(folded, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !invisible(c))
                .forEach(seen::appendCodePoint);
        return seen.toString().strip();
    }

    /// Control characters, line breaks, lone surrogates and everything that turns the direction of other people's text.
    static boolean forbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> turnsDirection(codePoint);
        };
    }

    private static boolean turnsDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0x200E
                || codePoint == 0x200F
                || codePoint == 0x061C;
    }

    private static boolean invisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT
                || type == Character.CONTROL
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                || codePoint == 0x115F
                || codePoint == 0x1160
                || codePoint == 0x3164;
    }
}
