package dev.parley.signaling.model;

/// One emoji, also one that is put together from several characters.
public record Reaction(String text) {
    /// Flags of regions have seven, families of four eleven.
    private static final int CODE_POINTS_MAX = 12;

    public Reaction {
        int length = text.codePointCount(0, text.length());
        boolean symbol = text.codePoints().anyMatch(c -> Character.getType(c) == Character.OTHER_SYMBOL);
        if (length > CODE_POINTS_MAX || !symbol || !text.codePoints().allMatch(Reaction::allowed)) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "reaction: one emoji");
        }
    }

    private static boolean allowed(int c) {
        return switch (Character.getType(c)) {
            case Character.OTHER_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> true;
            default -> c == 0x200D || (c >= 0xE0020 && c <= 0xE007F); // joins; tags of a region's flag
        };
    }
}
