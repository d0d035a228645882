package dev.parley.sfu.session;

import dev.parley.sfu.session.Negotiation.Code;

/// Ends one negotiation; never leaves the negotiator.
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Code code;

    RefusedException(Code code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /// Names the line of the section that is to blame.
    RefusedException(Code code, int line, String detail) {
        this(code, "line " + line + ": " + detail);
    }

    Negotiation.Refused refusal() {
        return new Negotiation.Refused(code, String.valueOf(getMessage()));
    }
}
