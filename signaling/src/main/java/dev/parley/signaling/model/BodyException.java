package dev.parley.signaling.model;

import java.io.IOException;

/// The bytes that a client sends ended before their time.
public final class BodyException extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// How it ended.
    public enum Kind {
        /// The connection is gone, or nobody wants the rest.
        CUT,
        /// The peer took longer than it may.
        TOO_SLOW,
        /// More came than is taken at once.
        TOO_LARGE
    }

    public BodyException(Kind kind) {
        super(kind.name());
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
