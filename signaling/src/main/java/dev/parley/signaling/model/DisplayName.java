package dev.parley.signaling.model;

/// A person's name as others see it, and the key by which two names are the same.
public record DisplayName(String shown, String key) {
    public static DisplayName of(String text) {
        String shown = text.strip();
        int length = shown.codePointCount(0, shown.length());
        if (length < 1 || length > Text.CODE_POINTS_MAX) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "name: 1 to 64 characters, this one has " + length);
        }
        if (shown.codePoints().anyMatch(Text::forbidden)) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "name: no control and no bidi-override characters");
        }
        String key = Text.comparable(shown);
        if (key.isEmpty()) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "name: nothing of it can be seen");
        }
        return new DisplayName(shown, key);
    }

    @Override
    public String toString() {
        return "DisplayName[…]"; // never in a log
    }
}
