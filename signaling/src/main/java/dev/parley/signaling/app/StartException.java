package dev.parley.signaling.app;

/// The server cannot start; the exit code is one of docs/operations.md.
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    static final int CONFIGURATION = 2;
    static final int PORT_OCCUPIED = 3;
    static final int DATA_FOLDER = 4;

    private final int exitCode;

    StartException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
