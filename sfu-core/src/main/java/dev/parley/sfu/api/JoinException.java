package dev.parley.sfu.api;

/// Why a join or a further offer was refused; `detail` is for the one who sent it.
public final class JoinException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The codes of docs/protocol.md that the engine can give.
    public enum Code {
        BAD_SDP("bad_sdp"),
        BUNDLE_REQUIRED("bundle_required"),
        NO_COMMON_CODEC("no_common_codec"),
        FULL("full"),
        GONE("gone"),
        DRAINING("draining");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    private final Code code;

    public JoinException(Code code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
