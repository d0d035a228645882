package dev.parley.signaling.chat;

import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Speaker;
import java.util.List;

/// A part of a room's history, as one reader may see it.
///
/// @param last the reader has everything up to this number, once this page and those before it were read
/// @param more whether another page follows
public record ChatPage(List<ChatMessage> messages, long last, boolean more) {
    /// As JSON: each message of a data channel that does not say otherwise may have 64 KiB, RFC 8841 section 6.
    static final int BYTES_MAX = 60_000;

    /// Names of fields, numbers, a time, two ids of places.
    private static final int MESSAGE_BYTES = 256;
    /// Key, size, names of fields, and a name and a type at their longest.
    private static final int FILE_BYTES = 128 + 3 * 255 + 128;
    /// No character takes more: three bytes of UTF-8, or two of an escape.
    private static final int CHARACTER_BYTES = 3;

    public ChatPage {
        messages = List.copyOf(messages);
    }

    /// As many of the first messages as fit into a page.
    static List<ChatMessage> first(List<ChatMessage> messages) {
        int count = 0;
        for (int bytes = 0; count < messages.size(); count++) {
            bytes += bytes(messages.get(count));
            if (bytes > BYTES_MAX) {
                break;
            }
        }
        return messages.subList(0, count);
    }

    /// As many of the last messages as fit into a page.
    static List<ChatMessage> last(List<ChatMessage> messages) {
        return first(messages.reversed()).reversed();
    }

    private static int bytes(ChatMessage message) {
        Speaker to = message.to();
        int characters =
                message.id().length() + message.text().length() + shown(message.from()) + (to == null ? 0 : shown(to));
        int file = message.file() == null ? 0 : FILE_BYTES;
        return MESSAGE_BYTES + file + CHARACTER_BYTES * characters;
    }

    private static int shown(Speaker speaker) {
        return speaker.name().length() + speaker.participant().length();
    }
}
