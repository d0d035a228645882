package dev.parley.signaling.web;

import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileRefusal;
import java.util.Map;

/// How what was refused of a file is told, docs/protocol.md.
final class FileProblem {
    private FileProblem() {}

    static Response of(FileRefusal refusal) {
        FileFault fault = refusal.fault();
        Map<String, Long> members = refusal.offset() < 0 ? Map.of() : Map.of("offset", refusal.offset());
        Response response = new Problem(status(fault), fault.wireName(), refusal.detail(), members).toResponse();
        return switch (fault) {
            case UNAUTHORIZED -> response.with("WWW-Authenticate", "Bearer");
            case SLOW_DOWN, UNAVAILABLE, FULL -> response.with("Retry-After", "1");
            default -> response;
        };
    }

    private static int status(FileFault fault) {
        return switch (fault) {
            case BAD_MESSAGE -> 400;
            case UNAUTHORIZED -> 401;
            case NOT_FOUND -> 404;
            case TOO_SLOW -> 408;
            case WRONG_OFFSET, OVERTAKEN, FILE_TAKEN -> 409;
            case TOO_LARGE -> 413;
            case WRONG_MEDIA_TYPE -> 415;
            case BAD_RANGE -> 416;
            case SLOW_DOWN -> 429;
            case UNAVAILABLE, FULL -> 503;
            case QUOTA_PERSON, QUOTA_ROOM, QUOTA_SERVER, DISK_FULL -> 507;
        };
    }
}
