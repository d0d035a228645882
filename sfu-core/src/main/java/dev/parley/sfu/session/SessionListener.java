package dev.parley.sfu.session;

/// Hears a session's events, on its loop. May call back into the session.
@FunctionalInterface
public interface SessionListener {
    void on(SessionEvent event);
}
