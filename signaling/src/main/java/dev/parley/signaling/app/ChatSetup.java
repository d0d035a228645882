package dev.parley.signaling.app;

import dev.parley.signaling.chat.Audience;
import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.chat.ChatStore;
import dev.parley.signaling.chat.ChatWatch;
import dev.parley.signaling.model.ChatHead;
import dev.parley.signaling.rooms.RoomChats;
import dev.parley.signaling.rooms.Timeline;
import dev.parley.signaling.store.Database;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Chat on the rooms' timeline, with what was kept of it, and as the rooms see it.
final class ChatSetup {
    private static final int HISTORY_CHARACTERS = 22;
    private static final long READ_S_MAX = 10;

    private ChatSetup() {}

    static Chat of(Database database, Timeline timeline, Audience audience, ChatWatch watch) {
        RandomTokens tokens = new RandomTokens();
        return new Chat(
                database.chat(),
                timeline::run,
                timeline::nowNs,
                timeline::wallClock,
                () -> tokens.make(HISTORY_CHARACTERS),
                audience,
                watch);
    }

    /// Before the server is open to anybody.
    static void restore(Chat chat, Database database, Timeline timeline) throws StartException {
        List<ChatStore.Kept> kept = kept(database.chat());
        timeline.run(() -> {
            chat.restore(kept);
            timeline.after(Chat.KEPT_FOR, chat::forgetAbandoned);
        });
    }

    private static List<ChatStore.Kept> kept(ChatStore store) throws StartException {
        try {
            return store.kept().toCompletableFuture().get(READ_S_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException(StartException.DATA_FOLDER, "data: chat cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(StartException.DATA_FOLDER, "interrupted");
        }
    }

    static RoomChats inRooms(Chat chat) {
        return new RoomChats() {
            @Override
            public ChatHead head(String room) {
                return chat.head(room);
            }

            @Override
            public void ended(String room) {
                chat.ended(room);
            }
        };
    }
}
