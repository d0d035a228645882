package dev.parley.signaling.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.rooms.Person;
import dev.parley.signaling.rooms.Rooms;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The REST resources of rooms, and the description of the whole API.
public final class RoomsApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rooms rooms;
    private final byte[] description;

    public RoomsApi(Rooms rooms) throws IOException {
        this.rooms = rooms;
        try (InputStream file = RoomsApi.class.getResourceAsStream("/openapi.json")) {
            if (file == null) {
                throw new IOException("openapi.json is not in the jar");
            }
            this.description = file.readAllBytes();
        }
    }

    public void addTo(Router router) {
        router.get("/api/v1/openapi.json", _ -> Response.json(description));
        router.getLater("/api/v1/rooms/{room}/participants", this::participants);
    }

    private record Participants(String room, List<PersonJson> participants) {}

    private CompletionStage<Response> participants(Request request) {
        RoomName room;
        try {
            room = RoomName.of(request.captured("room"));
        } catch (Refusal refusal) {
            return CompletableFuture.completedFuture(
                    new Problem(400, refusal.code().wireName(), refusal.detail()).toResponse());
        }
        return rooms.people(room).thenApply(people -> json(room, people));
    }

    private static Response json(RoomName room, List<Person> people) {
        try {
            return Response.json(JSON.writeValueAsBytes(new Participants(room.shown(), PersonJson.all(people))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings can be written", e);
        }
    }
}
