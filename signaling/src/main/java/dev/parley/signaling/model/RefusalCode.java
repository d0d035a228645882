package dev.parley.signaling.model;

/// Why something was refused: the `code` of an error message, the last part of a problem's type.
public enum RefusalCode {
    BAD_MESSAGE("bad_message"),
    BAD_SDP("bad_sdp"),
    BUNDLE_REQUIRED("bundle_required"),
    NO_COMMON_CODEC("no_common_codec"),
    NAME_TAKEN("name_taken"),
    ALREADY_HERE("already_here"),
    GONE("gone"),
    UPGRADE_REQUIRED("upgrade_required"),
    SLOW_DOWN("slow_down"),
    FULL("full"),
    NOT_PUBLISHING("not_publishing"),
    DRAINING("draining"),
    UNAUTHORIZED("unauthorized"),
    FORBIDDEN("forbidden"),
    /// The database does not work: the same request may succeed later.
    UNAVAILABLE("unavailable"),
    INTERNAL("internal");

    private final String wireName;

    RefusalCode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
