package dev.parley.sfu.base;

/// The identification of a media section, [RFC 5888](https://www.rfc-editor.org/rfc/rfc5888), constant for its life.
public record Mid(String value) {
    /// What a MID or RID header extension and our parsers take.
    public static final int LENGTH_MAX = 32;

    @Override
    public String toString() {
        return value;
    }
}
