package dev.parley.sfu.sdp;

/// Walks over a text line by line, `x=value` each, ended by LF or CRLF. Looks at each character once.
final class SdpLines {
    private final String text;
    private final int lineMax;
    private int position;
    private int number;
    private char type;
    private String value = "";

    SdpLines(String text, int lineMax) {
        this.text = text;
        this.lineMax = lineMax;
    }

    /// Moves to the next line; false at the end.
    boolean next() throws SdpSyntaxException {
        if (position >= text.length()) {
            return false;
        }
        number++;
        int end = endOfLine();
        int length = end > position && text.charAt(end - 1) == '\r' ? end - 1 - position : end - position;
        check(length);
        type = text.charAt(position);
        value = text.substring(position + 2, position + length);
        position = end + 1;
        return true;
    }

    /// The letter before the `=`.
    char type() {
        return type;
    }

    /// What is behind the `=`.
    String value() {
        return value;
    }

    /// Counted from 1.
    int number() {
        return number;
    }

    SdpSyntaxException wrong(String cause) {
        return new SdpSyntaxException(number, cause);
    }

    private int endOfLine() throws SdpSyntaxException {
        int end = text.indexOf('\n', position);
        if (end < 0) {
            end = text.length();
        }
        if (end - position > lineMax) {
            throw wrong("line of " + (end - position) + " characters, at most " + lineMax + " are taken");
        }
        return end;
    }

    private void check(int length) throws SdpSyntaxException {
        for (int i = position; i < position + length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw wrong("NUL in the text");
            }
            if (c == '\r') {
                throw wrong("CR without LF");
            }
        }
        if (length < 2 || text.charAt(position + 1) != '=') {
            throw wrong("not of the form x=value");
        }
    }
}
