package dev.parley.signaling.model;

/// The name of a room, which is all that is needed to enter an open one, and the key by which two names are the same.
public record RoomName(String shown, String key) {
    private static final String PUNCTUATION = "-_.~";

    public static RoomName of(String text) {
        String shown = text.strip();
        int length = shown.codePointCount(0, shown.length());
        if (length < 1 || length > Text.CODE_POINTS_MAX) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "room: 1 to 64 characters, this one has " + length);
        }
        String key = Text.comparable(shown);
        boolean clean = key.codePoints().allMatch(RoomName::allowed)
                && shown.codePoints().noneMatch(Text::forbidden);
        if (key.isEmpty() || key.startsWith(".") || !clean) {
            throw new Refusal(
                    RefusalCode.BAD_MESSAGE,
                    "room: letters, digits, symbols, spaces and - _ . ~ only, not beginning with a dot");
        }
        return new RoomName(shown, key);
    }

    private static boolean allowed(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.OTHER_SYMBOL,
                    Character.SPACE_SEPARATOR -> true;
            default -> Character.isLetterOrDigit(c) || PUNCTUATION.indexOf(c) >= 0;
        };
    }

    @Override
    public String toString() {
        return "RoomName[…]"; // never in a log
    }
}
