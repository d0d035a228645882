package dev.parley.signaling.files;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Whoever sent a request: shows on the timeline who that is, if they still have a place in the room.
public interface Requester {
    /// Asks a question as this person, on the timeline. Fails with a `Refusal` when they are nobody.
    <T> CompletionStage<T> ask(Function<Uploader, CompletionStage<T>> question);
}
