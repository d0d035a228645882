package dev.parley.signaling.whip;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.rooms.JoinCommand;
import dev.parley.signaling.rooms.Watching;
import dev.parley.signaling.web.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A `POST` read as what it asks for; what cannot be meant is a `Refusal`.
///
/// @param named whether the client chose the name
record Join(
        RoomName room,
        DisplayName name,
        boolean named,
        @Nullable Watching watching,
        Request request) {
    /// @param guest makes a name for whoever has none
    static Join of(Request request, Supplier<String> guest) {
        String name = request.parameter("name");
        return new Join(
                RoomName.of(request.captured("room")),
                DisplayName.of(name == null ? guest.get() : name),
                name != null,
                watching(request),
                request);
    }

    private static @Nullable Watching watching(Request request) {
        String person = request.captured("of");
        return person.isEmpty() ? null : new Watching(person, source(request.parameter("source")));
    }

    private static @Nullable TrackSource source(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "camera" -> TrackSource.CAMERA;
            case "screen" -> TrackSource.SCREEN;
            default -> throw new Refusal(RefusalCode.BAD_MESSAGE, "source: camera or screen");
        };
    }

    Join renamed(String guest) {
        return new Join(room, DisplayName.of(guest), false, watching, request);
    }

    JoinCommand command(Via via) {
        return new JoinCommand(
                room,
                name,
                via,
                null,
                null,
                false,
                watching,
                new String(request.body(), StandardCharsets.UTF_8),
                List.of(),
                request.origin().literal());
    }
}
