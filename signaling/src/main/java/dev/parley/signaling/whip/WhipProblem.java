package dev.parley.signaling.whip;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.web.Problem;
import dev.parley.signaling.web.Response;

/// Everything that can be wrong with a request, its status, and when to try again.
enum WhipProblem {
    BAD_MESSAGE(400, "bad_message"),
    BAD_SDP(400, "bad_sdp"),
    BUNDLE_REQUIRED(400, "bundle_required"),
    UNAUTHORIZED(401, "unauthorized"),
    FORBIDDEN(403, "forbidden"),
    NOT_FOUND(404, "not_found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed"),
    NO_COMMON_CODEC(406, "no_common_codec"),
    NAME_TAKEN(409, "name_taken"),
    STALE_TAG(412, "stale_tag"),
    WRONG_MEDIA_TYPE(415, "wrong_media_type"),
    TAG_REQUIRED(428, "tag_required"),
    SLOW_DOWN(429, "slow_down", 1),
    INTERNAL(500, "internal"),
    DRAINING(503, "draining", 5),
    FULL(503, "full", 10),
    NOT_PUBLISHING(503, "not_publishing", 1);

    private static final int NEVER = -1;

    private final int status;
    private final String code;
    private final int retryAfterSeconds;

    WhipProblem(int status, String code) {
        this(status, code, NEVER);
    }

    WhipProblem(int status, String code, int retryAfterSeconds) {
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    Response says(String detail) {
        Response response = new Problem(status, code, detail).toResponse();
        if (this == UNAUTHORIZED) {
            return response.with("WWW-Authenticate", "Bearer");
        }
        return retryAfterSeconds == NEVER
                ? response
                : response.with("Retry-After", Integer.toString(retryAfterSeconds));
    }

    static Response of(Refusal refusal) {
        return of(refusal.code()).says(refusal.detail());
    }

    private static WhipProblem of(RefusalCode code) {
        return switch (code) {
            case BAD_MESSAGE, UPGRADE_REQUIRED -> BAD_MESSAGE;
            case BAD_SDP -> BAD_SDP;
            case BUNDLE_REQUIRED -> BUNDLE_REQUIRED;
            case NO_COMMON_CODEC -> NO_COMMON_CODEC;
            case NAME_TAKEN, ALREADY_HERE -> NAME_TAKEN;
            case GONE -> NOT_FOUND;
            case SLOW_DOWN -> SLOW_DOWN;
            case FULL -> FULL;
            case NOT_PUBLISHING -> NOT_PUBLISHING;
            case DRAINING -> DRAINING;
            case UNAUTHORIZED -> UNAUTHORIZED;
            case FORBIDDEN -> FORBIDDEN;
            case INTERNAL, UNAVAILABLE -> INTERNAL;
        };
    }
}
