package dev.parley.signaling.chat;

import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.SharedFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Chat that is kept in a list, and answered when a test lets it be.
final class MemoryChatStore implements ChatStore {
    final List<String> erased = new ArrayList<>();
    /// What has been uploaded, by the ids of uploads.
    final Map<String, SharedFile> files = new HashMap<>();
    private final List<ChatMessage> messages = new ArrayList<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    boolean broken;
    private long last;

    /// What was asked for happens now.
    void commit() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    private interface Maker<T> {
        T make();
    }

    private <T> CompletionStage<T> later(Maker<T> maker) {
        CompletableFuture<T> result = new CompletableFuture<>();
        waiting.add(() -> {
            if (broken) {
                result.completeExceptionally(new Refusal(RefusalCode.UNAVAILABLE, "the disk is full"));
            } else {
                result.complete(maker.make());
            }
        });
        return result;
    }

    @Override
    public CompletionStage<Outcome> add(String history, String room, ChatMessage m, @Nullable String file) {
        return later(() -> {
            for (ChatMessage known : messages) {
                if (known.id().equals(m.id())) {
                    boolean same = known.from().person().equals(m.from().person());
                    return same ? new Added(known, false) : NotAdded.ID_TAKEN;
                }
            }
            if (file != null && !files.containsKey(file)) {
                return NotAdded.NO_FILE;
            }
            last++;
            ChatMessage numbered = new ChatMessage(
                    last, last, m.id(), m.at(), m.from(), m.to(), m.replyTo(), m.text(), files.get(file), false);
            messages.add(numbered);
            return new Added(numbered, true);
        });
    }

    @Override
    public CompletionStage<Optional<ChatMessage>> change(String history, String person, long n, @Nullable String text) {
        return later(() -> {
            for (ChatMessage m : messages) {
                if (m.n() == n && m.from().person().equals(person)) {
                    ChatMessage changed = new ChatMessage(
                            n,
                            ++last,
                            m.id(),
                            m.at(),
                            m.from(),
                            m.to(),
                            m.replyTo(),
                            text == null ? "" : text,
                            text == null ? null : m.file(),
                            text == null);
                    messages.set(messages.indexOf(m), changed);
                    return Optional.of(changed);
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public CompletionStage<Part> since(String history, String person, long v) {
        return later(() -> new Part(
                messages.stream().filter(m -> m.v() > v && m.isFor(person)).toList(), false));
    }

    @Override
    public CompletionStage<Part> before(String history, String person, long n) {
        return later(() -> new Part(
                messages.stream().filter(m -> m.n() < n && m.isFor(person)).toList(), false));
    }

    @Override
    public void erase(String history) {
        erased.add(history);
    }

    @Override
    public CompletionStage<List<Kept>> kept() {
        return later(List::of);
    }
}
