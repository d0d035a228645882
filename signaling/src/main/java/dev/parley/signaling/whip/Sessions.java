package dev.parley.signaling.whip;

import dev.parley.signaling.rooms.Tokens;
import dev.parley.signaling.web.Response;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The sessions of one kind that live, by address. There are no more of them than places in rooms. Callable from any
/// thread.
final class Sessions {
    /// 132 random bits.
    static final int ID_CHARACTERS = 22;

    private static final int TAG_CHARACTERS = 12;

    private final ConcurrentMap<String, MediaSession> byAddress = new ConcurrentHashMap<>();
    private final Tokens tokens;

    Sessions(Tokens tokens) {
        this.tokens = tokens;
    }

    /// Not to be found before `add`.
    ///
    /// @param room the key of the room's name
    MediaSession make(String room, Runnable whenConnected) {
        return new MediaSession(this, room + "/" + tokens.make(ID_CHARACTERS), whenConnected);
    }

    void add(MediaSession session) {
        byAddress.put(session.address(), session);
    }

    /// False when it was not there any more.
    boolean remove(MediaSession session) {
        return byAddress.remove(session.address(), session);
    }

    @Nullable
    MediaSession find(String room, String id) {
        return byAddress.get(room + "/" + id);
    }

    String newTag() {
        return '"' + tokens.make(TAG_CHARACTERS) + '"';
    }

    static Response noSession() {
        return WhipProblem.NOT_FOUND.says("there is no such session");
    }
}
