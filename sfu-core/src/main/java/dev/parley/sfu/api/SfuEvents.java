package dev.parley.sfu.api;

/// Where a participant's events go. Called on a media loop: hand over and return.
@FunctionalInterface
public interface SfuEvents {
    void on(SfuEvent event);
}
