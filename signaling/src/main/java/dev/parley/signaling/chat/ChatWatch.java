package dev.parley.signaling.chat;

/// What the outside measures of chat. Called on the timeline.
public interface ChatWatch {
    /// A message or a change of one is stored.
    void said(Way way);

    void limitHit(String limit);
}
