package dev.parley.signaling.store;

/// What is kept cannot be used; the message tells an operator what is wrong and what to do.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
