package dev.parley.signaling.whip;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.rooms.Reply;
import dev.parley.signaling.web.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Turns what a room replies into a response.
final class Answering<T> implements Reply<T> {
    private final CompletableFuture<Response> response = new CompletableFuture<>();
    private final Function<T, Response> done;

    Answering(Function<T, Response> done) {
        this.done = done;
    }

    CompletionStage<Response> response() {
        return response;
    }

    @Override
    public void done(T value) {
        response.complete(done.apply(value));
    }

    @Override
    public void refused(Refusal refusal) {
        response.complete(WhipProblem.of(refusal));
    }
}
