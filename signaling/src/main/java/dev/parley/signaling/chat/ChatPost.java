package dev.parley.signaling.chat;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something to be said. One that exists is well formed.
///
/// @param id made by the client: the same message sent again has the same one
/// @param replyTo the `n` of what it answers
/// @param file the id under which its sender has uploaded a file
public record ChatPost(
        String id,
        String text,
        @Nullable Long replyTo,
        @Nullable String file) {
    /// A page of text; what is longer is a file.
    public static final int CODE_POINTS_MAX = 4_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    public ChatPost {
        if (!ID.matcher(id).matches()) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "message: 8 to 64 letters, digits, - and _");
        }
        if (replyTo != null && replyTo < 1) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "reply: the n of a message");
        }
        if (file == null || !text.isEmpty()) {
            check(text);
        }
    }

    public ChatPost(String id, String text, @Nullable Long replyTo) {
        this(id, text, replyTo, null);
    }

    /// Kept exactly as it is: pages show it as text and nothing else.
    static void check(String text) {
        int length = text.codePointCount(0, text.length());
        if (length > CODE_POINTS_MAX || text.isBlank()) {
            throw new Refusal(
                    RefusalCode.BAD_MESSAGE, "text: 1 to " + CODE_POINTS_MAX + " characters that can be seen");
        }
        if (text.codePoints().anyMatch(ChatPost::forbidden)) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "text: no control characters but line breaks and tabs");
        }
    }

    private static boolean forbidden(int c) {
        int type = Character.getType(c);
        return type == Character.SURROGATE || (type == Character.CONTROL && c != '\n' && c != '\r' && c != '\t');
    }
}
