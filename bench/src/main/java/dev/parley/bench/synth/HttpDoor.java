package dev.parley.bench.synth;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/// The way in by WHIP ([RFC 9725](https://www.rfc-editor.org/rfc/rfc9725)) or WHEP: one POST, and DELETE to leave.
///
/// @param resource what is posted to, as `http://127.0.0.1:8088/whep/demo`
public record HttpDoor(HttpClient client, URI resource) implements Door {
    private static final int CREATED = 201;

    @Override
    public CompletionStage<Admitted> enter(Visitor visitor) {
        String name = URLEncoder.encode(visitor.name(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(resource + "?name=" + name))
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(visitor.offer()))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(this::admitted);
    }

    private Admitted admitted(HttpResponse<String> response) {
        if (response.statusCode() != CREATED) {
            throw new IllegalStateException(resource + " answered " + response.statusCode() + ": " + response.body());
        }
        URI session = resource.resolve(response.headers().firstValue("Location").orElseThrow());
        HttpRequest leave = HttpRequest.newBuilder(session).DELETE().build();
        return new Admitted(response.body(), () -> client.sendAsync(leave, BodyHandlers.discarding()));
    }
}
