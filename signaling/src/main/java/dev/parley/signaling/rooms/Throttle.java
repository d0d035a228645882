package dev.parley.signaling.rooms;

import dev.parley.signaling.rooms.Timeline.Cancel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs an action at once, then at most once in an interval; the last demand is never lost. On the timeline.
final class Throttle {
    private final Timeline timeline;
    private final Duration interval;
    private final Runnable action;
    private @Nullable Cancel pause;
    private boolean asked;

    Throttle(Timeline timeline, Duration interval, Runnable action) {
        this.timeline = timeline;
        this.interval = interval;
        this.action = action;
    }

    void ask() {
        if (pause == null) {
            now();
        } else {
            asked = true;
        }
    }

    /// Does not wait for the interval: something that follows needs the action done before it.
    void now() {
        stop();
        pause = timeline.after(interval, this::onPauseOver);
        action.run();
    }

    void stop() {
        asked = false;
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }

    private void onPauseOver() {
        pause = null;
        if (asked) {
            now();
        }
    }
}
