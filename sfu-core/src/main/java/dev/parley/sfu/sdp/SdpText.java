package dev.parley.sfu.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The grammar's small pieces, RFC 8866 section 9: words, tokens, numbers. Total functions without state.
final class SdpText {
    private static final int MISSING = -1;

    private SdpText() {}

    /// The words between blanks; several blanks count as one.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /// What stands before the first `separator`, or everything.
    static String before(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }

    /// What stands behind the first `separator`, or nothing.
    static String after(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? "" : text.substring(at + 1);
    }

    /// A decimal number of 0 to `max`, or -1.
    static long number(String text, long max) {
        if (text.isEmpty() || text.length() > 19) {
            return MISSING;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > (max - digit) / 10) {
                return MISSING;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /// Printable ASCII without blanks and the characters that separate things, at least one and at most `lengthMax`.
    static boolean token(String text, int lengthMax) {
        if (text.isEmpty() || text.length() > lengthMax) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!tokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// RFC 8866 section 9, token-char.
    private static boolean tokenCharacter(char c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]".indexOf(c) < 0;
    }

    /// RFC 8839 section 5.4: letters, digits, `+` and `/`. Some write base64url, so `-` and `_` are taken too.
    static boolean iceCharacters(String text, int lengthMin, int lengthMax) {
        if (text.length() < lengthMin || text.length() > lengthMax) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && "+/-_=".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// RFC 8852 section 3.1 and RFC 8851 section 10: what a RID may be made of.
    static boolean ridCharacters(String text, int lengthMax) {
        if (text.isEmpty() || text.length() > lengthMax) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /// `sha-256 ab:cd` as `sha-256 AB:CD`, or null when it is none.
    static @Nullable String fingerprint(String text) {
        List<String> words = words(text);
        if (words.size() != 2 || !token(words.getFirst(), 16)) {
            return null;
        }
        String digits = words.get(1).toUpperCase(Locale.ROOT);
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean right = i % 3 == 2 ? c == ':' : hexadecimal(c);
            if (!right) {
                return null;
            }
        }
        boolean whole = digits.length() >= 2 && digits.length() % 3 == 2;
        return whole ? words.getFirst().toLowerCase(Locale.ROOT) + " " + digits : null;
    }

    private static boolean alphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean hexadecimal(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }
}
