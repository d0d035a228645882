package dev.parley.signaling.web;

import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileRefusal;
import dev.parley.signaling.files.FileStore.Begun;
import dev.parley.signaling.files.Requester;
import dev.parley.signaling.files.Upload;
import dev.parley.signaling.files.Uploader;
import dev.parley.signaling.files.Uploads;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.rooms.Rooms;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The resources of files on their way in, docs/protocol.md:
///
///     /api/v1/rooms/{room}/files        POST  begins an upload          GET  the files of the room's chat
///     /api/v1/rooms/{room}/files/{id}   PUT   a part     GET  how far   DELETE  gives it up
public final class UploadsApi {
    private static final String ALL = "/api/v1/rooms/{room}/files";
    private static final String ONE = ALL + "/{id}";
    private static final String BEARER = "Bearer ";

    private final Uploads uploads;
    private final Rooms rooms;
    private final Chat chat;
    private final FileJobs jobs;

    public UploadsApi(Uploads uploads, Rooms rooms, Chat chat, FileJobs jobs) {
        this.uploads = uploads;
        this.rooms = rooms;
        this.chat = chat;
        this.jobs = jobs;
    }

    public void addTo(Router router) {
        router.route("POST", ALL, FileJson.BODY_BYTES_MAX, request -> jobs.run(request, this::begin));
        router.getLater(ALL, request -> jobs.run(request, this::list));
        router.receive("PUT", ONE, Uploads.PART_BYTES_MAX, (request, body) -> jobs.run(request, r -> part(r, body)));
        router.getLater(ONE, request -> jobs.run(request, this::find));
        router.route("DELETE", ONE, 0, request -> jobs.run(request, this::end));
    }

    private Response begin(Request request) {
        Requester requester = requester(request);
        String type = request.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new FileRefusal(FileFault.WRONG_MEDIA_TYPE, "Content-Type: application/json");
        }
        FileJson.Begin begin = FileJson.begin(request.body());
        Begun begun = uploads.begin(requester, begin.id(), begin.name(), begin.size(), begin.type());
        return FileJson.of(begun.fresh() ? 201 : 200, begun.upload());
    }

    private Response part(Request request, InputStream body) {
        Requester requester = requester(request);
        if (request.header("Content-Encoding") != null) {
            throw new FileRefusal(FileFault.WRONG_MEDIA_TYPE, "Content-Encoding: none, the bytes as they are");
        }
        long offset = number(request, "offset", -1);
        if (offset < 0) {
            throw new FileRefusal(FileFault.BAD_MESSAGE, "offset: where in the file these bytes begin");
        }
        Upload now = uploads.receive(requester, request.captured("id"), offset, body);
        return FileJson.of(200, now);
    }

    private Response find(Request request) {
        return FileJson.of(200, uploads.find(requester(request), request.captured("id")));
    }

    private Response end(Request request) {
        uploads.end(requester(request), request.captured("id"));
        return Response.empty(204);
    }

    private Response list(Request request) {
        return FileJson.of(uploads.list(requester(request), number(request, "before", Long.MAX_VALUE)));
    }

    private static long number(Request request, String name, long otherwise) {
        String text = parameter(request, name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new FileRefusal(FileFault.BAD_MESSAGE, name + ": a number");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String parameter(Request request, String name) {
        try {
            return request.parameter(name);
        } catch (Refusal refusal) {
            throw new FileRefusal(FileFault.BAD_MESSAGE, refusal.detail());
        }
    }

    private Requester requester(Request request) {
        String field = request.header("Authorization");
        if (field == null || !field.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new FileRefusal(FileFault.UNAUTHORIZED, "Authorization: Bearer, with the token of `joined`");
        }
        return new ByPass(room(request), field.substring(BEARER.length()).strip());
    }

    private static RoomName room(Request request) {
        try {
            return RoomName.of(request.captured("room"));
        } catch (Refusal refusal) {
            throw new FileRefusal(FileFault.BAD_MESSAGE, refusal.detail());
        }
    }

    /// Whoever has this pass in this room at the time when it is asked.
    private final class ByPass implements Requester {
        private final RoomName room;
        private final String pass;

        ByPass(RoomName room, String pass) {
            this.room = room;
            this.pass = pass;
        }

        @Override
        public <T> CompletionStage<T> ask(Function<Uploader, CompletionStage<T>> question) {
            return rooms.as(
                    room,
                    pass,
                    (key, speaker) ->
                            question.apply(new Uploader(key, chat.head(key).history(), speaker.person())));
        }
    }
}
