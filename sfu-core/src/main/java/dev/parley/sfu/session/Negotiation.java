package dev.parley.sfu.session;

/// What became of an offer or an answer. A refusal changes nothing.
public sealed interface Negotiation {
    /// @param answer to send back; empty where we were the offerer
    record Accepted(String answer, Negotiated negotiated) implements Negotiation {}

    /// @param detail for the one who sent it; names the line where there is one
    record Refused(Code code, String detail) implements Negotiation {}

    enum Code {
        /// Not SDP, or SDP that contradicts itself or what was negotiated before.
        BAD_SDP,
        /// One transport carries everything, or nothing goes.
        BUNDLE_REQUIRED,
        /// Not one section has a codec that both sides know.
        NO_COMMON_CODEC
    }
}
