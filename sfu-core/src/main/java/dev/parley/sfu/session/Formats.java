package dev.parley.sfu.session;

/// Format parameters as they stand in `a=fmtp`: `profile-id=0;max-fs=12288`. Total functions without state.
final class Formats {
    private Formats() {}

    /// The value of a parameter, or `otherwise`. Names are compared without case.
    static String value(String parameters, String name, String otherwise) {
        for (int start = 0; start < parameters.length(); ) {
            int end = parameters.indexOf(';', start);
            end = end < 0 ? parameters.length() : end;
            int equals = parameters.indexOf('=', start);
            if (equals > start && equals < end && named(parameters, start, equals, name)) {
                return parameters.substring(equals + 1, end).strip();
            }
            start = end + 1;
        }
        return otherwise;
    }

    /// The payload type that an RTX format repairs, RFC 4588 section 8.6, or -1.
    static int apt(String parameters) {
        return number(value(parameters, "apt", ""));
    }

    /// The payload type that RED carries first, `111/111`, RFC 2198 section 5, or -1.
    static int redPrimary(String parameters) {
        int slash = parameters.indexOf('/');
        return number(slash < 0 ? parameters : parameters.substring(0, slash));
    }

    private static boolean named(String parameters, int start, int equals, String name) {
        int from = start;
        while (from < equals && parameters.charAt(from) == ' ') {
            from++;
        }
        return equals - from == name.length() && parameters.regionMatches(true, from, name, 0, name.length());
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
